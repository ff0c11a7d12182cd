-- From one date to the next, the cumulative steps of a target never fall.
WITH step AS (
    SELECT * FROM claims.cumulative_milestone
),

compared AS (
    SELECT
        *,
        max(cumulative_value) OVER (
            PARTITION BY target_id
            ORDER BY due_on
            RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING
        ) AS reached_before
    FROM step
)

SELECT
    -- keys
    'milestones_monotone' AS check_name,
    milestone_id AS subject_id,
    document_id,
    commitment_id,
    target_id,
    -- facts
    reached_before AS expected,
    cumulative_value AS actual,
    CAST(NULL AS DATE) AS expected_on,
    CAST(NULL AS DATE) AS actual_on,
    unit,
    CASE
        WHEN target_comparator IN ('<', '<=') THEN 'not_applicable'
        WHEN cumulative_value >= reached_before THEN 'agrees'
        ELSE 'disagrees'
    END AS status,
    CASE
        WHEN target_comparator IN ('<', '<=') THEN 'the target is a ceiling: steps towards it fall'
        ELSE concat('step ', step_no, ' against the most that an earlier step asks for')
    END AS reason
FROM compared
WHERE reached_before IS NOT NULL
ORDER BY target_id, length(milestone_id), milestone_id
