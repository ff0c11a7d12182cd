-- Which promises have no dated step that could be measured?
-- In a document that prints a schedule, those whose steps are words only; of a document that prints
-- none at all, one row with the number of its promises.
WITH target AS (
    SELECT * FROM core.target WHERE origin = 'plan'
),

milestone AS (
    SELECT * FROM core.milestone
),

cumulative_milestone AS (
    SELECT * FROM claims.cumulative_milestone
),

step_count AS (
    SELECT
        document_id,
        commitment_id,
        count(*) FILTER (WHERE due_on IS NOT NULL) AS steps
    FROM milestone
    GROUP BY document_id, commitment_id
),

unscheduled AS (
    SELECT
        document_id,
        count(*) AS targets
    FROM target
    WHERE document_id NOT IN (SELECT document_id FROM milestone)
    GROUP BY document_id
)

SELECT
    -- keys
    target.document_id,
    target.target_id,
    -- facts
    'steps are words only' AS what,
    target.indicator,
    target.value,
    target.unit,
    coalesce(step_count.steps, 0) AS dated_steps,
    1 AS targets
FROM target
INNER JOIN (SELECT DISTINCT document_id FROM milestone) AS scheduled
    ON scheduled.document_id = target.document_id
LEFT JOIN step_count ON step_count.commitment_id = target.commitment_id
WHERE target.target_id NOT IN (SELECT target_id FROM cumulative_milestone)
UNION ALL
SELECT
    document_id,
    NULL,
    'no schedule is printed',
    NULL,
    NULL,
    NULL,
    0,
    targets
FROM unscheduled
ORDER BY ALL
