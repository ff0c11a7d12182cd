-- The last step of a target asks for the whole of it.
-- Where the commitment goes on after the last valued step with words alone (全面完成), the source
-- makes no claim in numbers, and the row says so. Nor does a schedule that stops before the
-- commitment is due, or before the plan's year ends where no due date is printed.
WITH milestone AS (
    SELECT * FROM core.milestone
),

step AS (
    SELECT * FROM claims.cumulative_milestone
),

last_step AS (
    SELECT
        target_id,
        max(due_on) AS due_on,
        arg_max(cumulative_value, (due_on, cumulative_value)) AS cumulative_value
    FROM step
    GROUP BY target_id
),

last_word AS (
    SELECT
        last_step.target_id,
        max(milestone.due_on) AS due_on
    FROM last_step
    INNER JOIN (SELECT DISTINCT target_id, commitment_id FROM step) AS owner
        ON owner.target_id = last_step.target_id
    INNER JOIN milestone
        ON milestone.commitment_id = owner.commitment_id
        AND (milestone.target_id IS NULL OR milestone.target_id = last_step.target_id)
    GROUP BY last_step.target_id
),

deadline AS (
    SELECT
        commitment_id,
        coalesce(due_on, make_date(plan_year, 12, 1)) AS due_on
    FROM core.commitment
)

SELECT
    -- keys
    'milestones_end_on_target' AS check_name,
    last_step.target_id AS subject_id,
    any_value(step.document_id) AS document_id,
    any_value(step.commitment_id) AS commitment_id,
    last_step.target_id,
    -- facts
    any_value(step.target_value) AS expected,
    any_value(last_step.cumulative_value) AS actual,
    CAST(NULL AS DATE) AS expected_on,
    CAST(NULL AS DATE) AS actual_on,
    any_value(step.unit) AS unit,
    CASE
        WHEN any_value(step.target_value) IS NULL THEN 'not_applicable'
        WHEN any_value(step.target_value) = any_value(last_step.cumulative_value) THEN 'agrees'
        WHEN any_value(last_word.due_on) > any_value(last_step.due_on) THEN 'not_applicable'
        WHEN any_value(last_step.due_on) < any_value(deadline.due_on) THEN 'not_applicable'
        ELSE 'disagrees'
    END AS status,
    CASE
        WHEN any_value(step.target_value) IS NULL THEN 'the target has no number'
        WHEN any_value(last_word.due_on) > any_value(last_step.due_on)
            THEN 'the last step is in words'
        WHEN any_value(step.target_value) <> any_value(last_step.cumulative_value)
            AND any_value(last_step.due_on) < any_value(deadline.due_on)
            THEN 'the schedule stops before the commitment is due'
        ELSE concat('last step, due ', any_value(last_step.due_on))
    END AS reason
FROM last_step
INNER JOIN step ON step.target_id = last_step.target_id
LEFT JOIN last_word ON last_word.target_id = last_step.target_id
LEFT JOIN deadline ON deadline.commitment_id = step.commitment_id
GROUP BY last_step.target_id
ORDER BY last_step.target_id
