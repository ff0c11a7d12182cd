-- Each linked report in the terms of its target: its value in the target's unit, and the basis on
-- which the two can be held against each other. A percentage reported on a counted target is the
-- share of it that is done; a count reported on a rate cannot be compared.
WITH report AS (
    SELECT * FROM core.report
),

target AS (
    SELECT * FROM core.target
),

document AS (
    SELECT * FROM core.document
),

unit_conversion AS (
    SELECT * FROM core.unit_conversion
),

compared AS (
    SELECT
        report.report_id,
        report.document_id,
        report.figure_id,
        report.as_printed,
        report.comparator,
        report.value AS printed_value,
        report.unit AS printed_unit,
        report.part_of,
        coalesce(report.as_of, document.as_of) AS as_of,
        document.kind AS document_kind,
        target.target_id,
        target.value AS target_value,
        CASE
            WHEN report.value IS NULL OR target.value IS NULL THEN 'not_comparable'
            WHEN report.unit IS NOT DISTINCT FROM target.unit THEN 'same_unit'
            WHEN report.unit IS NULL OR (target.unit IS NULL AND report.unit <> '%') THEN 'same_unit'
            WHEN unit_conversion.factor IS NOT NULL THEN 'converted'
            WHEN report.unit = '%' THEN 'completion_rate'
            ELSE 'not_comparable'
        END AS basis,
        unit_conversion.factor
    FROM report
    INNER JOIN target ON target.target_id = report.target_id
    INNER JOIN document ON document.document_id = report.document_id
    LEFT JOIN unit_conversion
        ON unit_conversion.from_unit = report.unit
        AND unit_conversion.to_unit = target.unit
)

SELECT
    -- keys
    report_id,
    target_id,
    document_id,
    figure_id,
    -- facts
    as_of,
    CAST(
        CASE basis
            WHEN 'same_unit' THEN printed_value
            WHEN 'converted' THEN round(printed_value * factor, 4)
            WHEN 'completion_rate'
                THEN round(CAST(printed_value AS DOUBLE) * CAST(target_value AS DOUBLE) / 100, 4)
        END AS DECIMAL(20, 4)
    ) AS value,
    comparator,
    basis,
    document_kind,
    part_of IS NOT NULL AS is_part,
    printed_value,
    printed_unit,
    as_printed
FROM compared
