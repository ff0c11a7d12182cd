-- No step asks for more than the target itself.
WITH step AS (
    SELECT * FROM claims.cumulative_milestone
)

SELECT
    -- keys
    'milestones_within_target' AS check_name,
    milestone_id AS subject_id,
    document_id,
    commitment_id,
    target_id,
    -- facts
    target_value AS expected,
    cumulative_value AS actual,
    CAST(NULL AS DATE) AS expected_on,
    CAST(NULL AS DATE) AS actual_on,
    unit,
    CASE
        WHEN target_value IS NULL OR target_comparator IN ('<', '<=') THEN 'not_applicable'
        WHEN cumulative_value <= target_value THEN 'agrees'
        ELSE 'disagrees'
    END AS status,
    CASE
        WHEN target_value IS NULL THEN 'the target has no number'
        WHEN target_comparator IN ('<', '<=') THEN 'the target is a ceiling: steps start above it'
        ELSE concat('step ', step_no, ' against the target')
    END AS reason
FROM step
ORDER BY target_id, length(milestone_id), milestone_id
