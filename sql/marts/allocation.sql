-- Who carries which share of what.
WITH allocation AS (
    SELECT * FROM core.allocation
),

target AS (
    SELECT * FROM core.target
),

region AS (
    SELECT * FROM core.region
),

unit_conversion AS (
    SELECT * FROM core.unit_conversion
)

SELECT
    -- keys
    allocation.target_id,
    allocation.region_code,
    target.commitment_id,
    allocation.document_id,
    target.indicator_id,
    -- facts
    target.plan_year,
    target.region_code AS target_region_code,
    target.indicator,
    allocation.region,
    region.level,
    allocation.value,
    coalesce(allocation.unit, target.unit) AS unit,
    target.value AS target_value,
    target.unit AS target_unit,
    CAST(
        CASE
            WHEN allocation.unit IS NULL OR allocation.unit IS NOT DISTINCT FROM target.unit
                THEN allocation.value / nullif(target.value, 0)
            ELSE allocation.value * unit_conversion.factor / nullif(target.value, 0)
        END AS DECIMAL(20, 6)
    ) AS share,
    -- provenance
    allocation.as_printed,
    allocation.figure_id
FROM allocation
INNER JOIN target ON target.target_id = allocation.target_id
LEFT JOIN region ON region.region_code = allocation.region_code
LEFT JOIN unit_conversion
    ON unit_conversion.from_unit = allocation.unit
    AND unit_conversion.to_unit = target.unit
