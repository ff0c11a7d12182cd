-- The targets of a place and a year, each beside the latest figure reported for it. A place goes by
-- its code, its name or the beginning of that, or its English name; NULL for the year means all.
WITH attainment AS (
    SELECT * FROM marts.attainment
),

region AS (
    SELECT * FROM core.region
)

SELECT
    -- keys
    attainment.target_id,
    attainment.commitment_id,
    attainment.document_id,
    attainment.region_code,
    -- facts
    attainment.region,
    attainment.plan_year,
    attainment.indicator,
    attainment.comparator,
    attainment.target_value,
    attainment.unit,
    attainment.due_on,
    attainment.reported_comparator,
    attainment.reported_value,
    attainment.as_of,
    attainment.attainment,
    attainment.status,
    -- provenance
    attainment.as_printed,
    attainment.report_as_printed
FROM attainment
INNER JOIN region ON region.region_code = attainment.region_code
WHERE (
    region.region_code = place
    OR starts_with(region.name_zh, place)
    OR lower(region.name_en) = lower(place)
)
    AND (attainment.plan_year = year OR year IS NULL)
ORDER BY attainment.region_code, attainment.plan_year, attainment.target_id
