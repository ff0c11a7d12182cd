-- A goal that only a report names, and that a plan of its place and year promises too: the plan's
-- target counts in its stead. A goal without such a plan counts by itself.
WITH target AS (
    SELECT * FROM core.target
),

link AS (
    SELECT * FROM core.link
)

SELECT
    -- keys
    quoted.target_id,
    -- facts
    min(promised.target_id) AS promised_id
FROM target AS quoted
INNER JOIN link
    ON link.from_id = quoted.target_id
    AND link.from_kind = 'target'
    AND link.to_kind = 'target'
INNER JOIN target AS promised
    ON promised.target_id = link.to_id
    AND promised.origin = 'plan'
    AND promised.region_code = quoted.region_code
    AND promised.plan_year = quoted.plan_year
WHERE quoted.origin = 'quoted'
GROUP BY quoted.target_id
ORDER BY quoted.target_id
