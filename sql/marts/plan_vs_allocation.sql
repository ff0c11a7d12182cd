-- A district's own plan beside what its city's plan asks of it, by canonical indicator and year.
-- One row per target of the district's plan or share that the city gave it; both where they meet.
-- Counting words of things that were joined (20000人 beside 17600人次) are compared as printed, and
-- `basis` says so. Where a district splits what the city counts as one, each of its targets has a row.
-- Only regions appear that have a plan of their own in a year that their parent region has one too.
WITH target AS (
    SELECT *
    FROM core.target
    WHERE target_id NOT IN (SELECT target_id FROM claims.superseded_quote)
),

allocation AS (
    SELECT * FROM core.allocation
),

region AS (
    SELECT * FROM core.region
),

unit AS (
    SELECT * FROM core.unit
),

unit_conversion AS (
    SELECT * FROM core.unit_conversion
),

-- The district's own promises.
plan AS (
    SELECT
        target.region_code,
        region.parent_code,
        target.plan_year,
        target.indicator_id,
        target.indicator,
        target.target_id,
        target.value,
        target.unit,
        target.comparator,
        target.figure_id
    FROM target
    INNER JOIN region ON region.region_code = target.region_code
    WHERE (region.parent_code, target.plan_year) IN (
            SELECT (region_code, plan_year) FROM target
        )
),

planning_region AS (
    SELECT DISTINCT region_code, parent_code, plan_year FROM plan
),

-- The city's promises, with this region's share where the city printed one.
demand AS (
    SELECT
        planning_region.region_code,
        planning_region.plan_year,
        target.indicator_id,
        target.indicator,
        target.target_id,
        target.value AS city_value,
        target.unit AS city_unit,
        allocation.value AS allocated_value,
        coalesce(allocation.unit, target.unit) AS allocated_unit,
        allocation.figure_id
    FROM planning_region
    INNER JOIN target
        ON target.region_code = planning_region.parent_code
        AND target.plan_year = planning_region.plan_year
    LEFT JOIN allocation
        ON allocation.target_id = target.target_id
        AND allocation.region_code = planning_region.region_code
),

paired AS (
    SELECT
        coalesce(plan.region_code, demand.region_code) AS region_code,
        coalesce(plan.plan_year, demand.plan_year) AS plan_year,
        coalesce(plan.indicator_id, demand.indicator_id) AS indicator_id,
        coalesce(plan.indicator, demand.indicator) AS indicator,
        plan.target_id AS plan_target_id,
        plan.value AS plan_value,
        plan.unit AS plan_unit,
        plan.figure_id AS plan_figure_id,
        demand.target_id AS city_target_id,
        demand.city_value,
        demand.city_unit,
        demand.allocated_value,
        demand.allocated_unit,
        demand.figure_id AS allocation_figure_id
    FROM plan
    FULL OUTER JOIN demand
        ON demand.region_code = plan.region_code
        AND demand.plan_year = plan.plan_year
        AND demand.indicator_id = plan.indicator_id
    WHERE plan.target_id IS NOT NULL
        OR demand.allocated_value IS NOT NULL
),

converted AS (
    SELECT
        paired.*,
        CASE
            WHEN paired.allocated_unit IS NOT DISTINCT FROM paired.plan_unit
                THEN paired.allocated_value
            WHEN of_share.factor IS NOT NULL
                THEN round(paired.allocated_value * of_share.factor, 4)
            WHEN planned.dimension = 'count' AND allocated.dimension = 'count'
                THEN paired.allocated_value
        END::DECIMAL(20, 4) AS comparable_allocated_value,
        CASE
            WHEN paired.city_unit IS NOT DISTINCT FROM paired.plan_unit THEN paired.city_value
            WHEN of_city.factor IS NOT NULL THEN round(paired.city_value * of_city.factor, 4)
            WHEN planned.dimension = 'count' AND promised.dimension = 'count'
                THEN paired.city_value
        END::DECIMAL(20, 4) AS comparable_city_value,
        -- The share where there is one, else the city's whole, is what stands beside the plan.
        CASE
            WHEN paired.plan_target_id IS NULL OR paired.city_target_id IS NULL THEN NULL
            WHEN coalesce(paired.allocated_unit, paired.city_unit)
                IS NOT DISTINCT FROM paired.plan_unit THEN 'same_unit'
            WHEN coalesce(of_share.factor, of_city.factor) IS NOT NULL THEN 'converted'
            WHEN planned.dimension = 'count'
                AND coalesce(allocated.dimension, promised.dimension) = 'count'
                THEN 'same_dimension'
            ELSE 'not_comparable'
        END AS basis
    FROM paired
    LEFT JOIN unit AS planned ON planned.unit = paired.plan_unit
    LEFT JOIN unit AS allocated ON allocated.unit = paired.allocated_unit
    LEFT JOIN unit AS promised ON promised.unit = paired.city_unit
    LEFT JOIN unit_conversion AS of_share
        ON of_share.from_unit = paired.allocated_unit
        AND of_share.to_unit = paired.plan_unit
    LEFT JOIN unit_conversion AS of_city
        ON of_city.from_unit = paired.city_unit
        AND of_city.to_unit = paired.plan_unit
)

SELECT
    -- keys
    converted.region_code,
    converted.plan_year,
    converted.indicator_id,
    converted.plan_target_id,
    converted.city_target_id,
    -- facts
    region.name_zh AS region,
    converted.indicator,
    converted.plan_value,
    converted.plan_unit,
    converted.allocated_value,
    converted.allocated_unit,
    converted.city_value,
    converted.city_unit,
    CAST(converted.plan_value - converted.comparable_allocated_value AS DECIMAL(20, 4))
        AS difference,
    CAST(
        CAST(converted.plan_value AS DOUBLE)
        / nullif(CAST(converted.comparable_allocated_value AS DOUBLE), 0) AS DECIMAL(20, 6)
    ) AS ratio,
    CAST(
        CAST(converted.plan_value AS DOUBLE)
        / nullif(CAST(converted.comparable_city_value AS DOUBLE), 0) AS DECIMAL(20, 6)
    ) AS share_of_city_target,
    CASE
        WHEN converted.plan_target_id IS NULL THEN 'only_allocated'
        WHEN converted.city_target_id IS NULL THEN 'only_planned'
        WHEN converted.allocated_value IS NULL THEN 'not_allocated'
        WHEN converted.plan_value IS NULL OR converted.comparable_allocated_value IS NULL
            THEN 'not_comparable'
        WHEN converted.plan_value > converted.comparable_allocated_value THEN 'above'
        WHEN converted.plan_value < converted.comparable_allocated_value THEN 'below'
        ELSE 'equal'
    END AS status,
    converted.basis,
    -- provenance
    converted.plan_figure_id,
    converted.allocation_figure_id
FROM converted
LEFT JOIN region ON region.region_code = converted.region_code
