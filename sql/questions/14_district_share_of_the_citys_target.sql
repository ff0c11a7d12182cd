-- How much of the city's promise does a district's own plan take on, and how much of the same thing
-- did the city give it the year before?
WITH plan_vs_allocation AS (
    SELECT * FROM marts.plan_vs_allocation
),

allocation AS (
    SELECT * FROM marts.allocation
),

before AS (
    SELECT
        indicator_id,
        region_code,
        plan_year,
        CAST(sum(value) / sum(target_value) AS DECIMAL(20, 6)) AS share
    FROM allocation
    GROUP BY indicator_id, region_code, plan_year
)

SELECT
    -- keys
    plan_vs_allocation.plan_target_id,
    plan_vs_allocation.city_target_id,
    -- facts
    plan_vs_allocation.region,
    plan_vs_allocation.plan_year,
    plan_vs_allocation.indicator,
    plan_vs_allocation.plan_value,
    plan_vs_allocation.plan_unit,
    plan_vs_allocation.city_value,
    plan_vs_allocation.city_unit,
    plan_vs_allocation.share_of_city_target,
    before.share AS share_given_the_year_before
FROM plan_vs_allocation
LEFT JOIN before
    ON before.indicator_id = plan_vs_allocation.indicator_id
    AND before.region_code = plan_vs_allocation.region_code
    AND before.plan_year = plan_vs_allocation.plan_year - 1
WHERE plan_vs_allocation.status = 'not_allocated'
ORDER BY
    plan_vs_allocation.plan_year,
    plan_vs_allocation.share_of_city_target DESC NULLS LAST,
    plan_vs_allocation.plan_target_id
