-- Where a district promises something that the city also gave it to carry, does it promise more or
-- less than that?
WITH plan_vs_allocation AS (
    SELECT * FROM marts.plan_vs_allocation
)

SELECT
    -- keys
    plan_target_id,
    city_target_id,
    -- facts
    region,
    plan_year,
    indicator,
    plan_value,
    plan_unit,
    allocated_value,
    allocated_unit,
    difference,
    ratio,
    status,
    basis
FROM plan_vs_allocation
WHERE plan_target_id IS NOT NULL
    AND allocated_value IS NOT NULL
ORDER BY region, ratio DESC NULLS LAST, plan_target_id
