-- The parts that a report names add up to its total (183 = 80 + 55 + …).
-- Fewer than the total may be only some of the parts (其中普惠托位880个); more cannot be.
WITH report AS (
    SELECT * FROM core.report
),

unit_conversion AS (
    SELECT * FROM core.unit_conversion
),

part AS (
    SELECT
        part.part_of,
        CASE
            WHEN part.unit IS NOT DISTINCT FROM whole.unit OR part.unit IS NULL THEN part.value
            ELSE round(part.value * unit_conversion.factor, 4)
        END::DECIMAL(20, 4) AS value
    FROM report AS part
    INNER JOIN report AS whole ON whole.report_id = part.part_of
    LEFT JOIN unit_conversion
        ON unit_conversion.from_unit = part.unit
        AND unit_conversion.to_unit = whole.unit
),

total AS (
    SELECT
        part_of,
        count(*) AS parts,
        count(*) FILTER (WHERE value IS NULL) AS strangers,
        sum(value) AS value
    FROM part
    GROUP BY part_of
)

SELECT
    -- keys
    'report_parts_add_up' AS check_name,
    report.report_id AS subject_id,
    report.document_id,
    report.commitment_id,
    report.target_id,
    -- facts
    report.value AS expected,
    CAST(CASE WHEN total.strangers = 0 THEN total.value END AS DECIMAL(20, 4)) AS actual,
    CAST(NULL AS DATE) AS expected_on,
    CAST(NULL AS DATE) AS actual_on,
    report.unit,
    CASE
        WHEN total.strangers > 0 OR report.value IS NULL THEN 'not_applicable'
        WHEN report.value = total.value THEN 'agrees'
        WHEN report.value > total.value THEN 'not_applicable'
        ELSE 'disagrees'
    END AS status,
    CASE
        WHEN total.strangers > 0 THEN concat(total.strangers, ' parts have no number in this unit')
        WHEN report.value IS NULL THEN 'the total has no number'
        WHEN report.value > total.value THEN 'the parts named may be only some of them'
        ELSE concat('sum of ', total.parts, ' parts')
    END AS reason
FROM total
INNER JOIN report ON report.report_id = total.part_of
