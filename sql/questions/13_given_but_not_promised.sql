-- What did the city give a district to carry that the district's own plan does not name?
-- `possible` says which of the district's own targets may be it, waiting for a person to say so.
WITH plan_vs_allocation AS (
    SELECT * FROM marts.plan_vs_allocation
),

link_candidate AS (
    SELECT * FROM quality.link_candidate
),

target AS (
    SELECT * FROM core.target
),

possible AS (
    SELECT
        link_candidate.to_id AS city_target_id,
        target.region_code,
        string_agg(target.indicator, '；' ORDER BY target.target_id) AS indicators
    FROM link_candidate
    INNER JOIN target ON target.target_id = link_candidate.from_id
    GROUP BY link_candidate.to_id, target.region_code
)

SELECT
    -- keys
    plan_vs_allocation.city_target_id,
    -- facts
    plan_vs_allocation.region,
    plan_vs_allocation.plan_year,
    plan_vs_allocation.indicator,
    plan_vs_allocation.allocated_value,
    plan_vs_allocation.allocated_unit,
    possible.indicators AS possible
FROM plan_vs_allocation
LEFT JOIN possible
    ON possible.city_target_id = plan_vs_allocation.city_target_id
    AND possible.region_code = plan_vs_allocation.region_code
WHERE plan_vs_allocation.status = 'only_allocated'
ORDER BY plan_vs_allocation.region, plan_vs_allocation.city_target_id
