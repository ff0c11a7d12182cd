-- No step is due after the commitment itself. Numbers are days after that date.
WITH milestone AS (
    SELECT * FROM core.milestone
),

commitment AS (
    SELECT * FROM core.commitment
),

claim AS (
    SELECT
        milestone.*,
        commitment.due_on AS commitment_due_on,
        greatest(milestone.due_on - commitment.due_on, 0) AS days_late
    FROM milestone
    INNER JOIN commitment ON commitment.commitment_id = milestone.commitment_id
    WHERE milestone.due_on IS NOT NULL
)

SELECT
    -- keys
    'milestones_before_due' AS check_name,
    milestone_id AS subject_id,
    document_id,
    commitment_id,
    target_id,
    -- facts
    CAST(CASE WHEN commitment_due_on IS NOT NULL THEN 0 END AS DECIMAL(20, 4)) AS expected,
    CAST(days_late AS DECIMAL(20, 4)) AS actual,
    commitment_due_on AS expected_on,
    due_on AS actual_on,
    '天' AS unit,
    CASE
        WHEN commitment_due_on IS NULL THEN 'not_applicable'
        WHEN due_on <= commitment_due_on THEN 'agrees'
        ELSE 'disagrees'
    END AS status,
    CASE
        WHEN commitment_due_on IS NULL THEN 'the commitment has no due date'
        WHEN due_on <= commitment_due_on THEN 'due in time'
        ELSE concat('step due ', due_on, ', the commitment ', commitment_due_on)
    END AS reason
FROM claim
