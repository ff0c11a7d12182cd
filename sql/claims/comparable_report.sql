-- Each linked report in the terms of its target: its value in the target's unit, the basis on which
-- the two can be held against each other, how much of the target's field it speaks for, and the
-- verdict that follows.
--
-- Basis. A percentage reported on a counted target is the share of it that is done. Counting words of
-- things (38个 for 13家, 80万名 for 85.8万人次) that were joined are compared as printed, and the row
-- says so. A count reported on a rate cannot be compared, unless the source says that it holds of
-- every one counted: that is the rate of 100 %.
--
-- Scope. A part of another figure, a figure of one month or quarter alone and one of a single region
-- are no figure of the whole: they are its least. They can prove a target met, never missed; and a
-- part of a rate proves nothing.
--
-- Verdict. A target is reached by = or >= at its value; one that must be passed (>) only beyond it,
-- unless the report itself says "more than" it. A report that says "more than" the target's very
-- value exceeds it. An approximate report (近, 约) below its target is short. A ceiling (<=, <) is met
-- by staying below.
WITH report AS (
    SELECT * FROM core.report
),

target AS (
    SELECT * FROM core.target
),

document AS (
    SELECT * FROM core.document
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

report_clause AS (
    SELECT * FROM claims.report_clause
),

linked AS (
    SELECT
        report.report_id,
        report.document_id,
        report.figure_id,
        report.as_printed,
        report.comparator,
        report.value AS printed_value,
        report.unit AS printed_unit,
        coalesce(report.as_of, document.as_of) AS as_of,
        document.kind AS document_kind,
        target.target_id,
        target.value AS target_value,
        target.unit AS target_unit,
        target.comparator AS target_comparator,
        unit_conversion.factor,
        coalesce(reported.dimension = 'count' AND promised.dimension = 'count', FALSE)
            AS counts_things,
        coalesce(report_clause.claim = 'of_all', FALSE) AS is_of_all,
        CASE
            WHEN report.part_of IS NOT NULL THEN 'part'
            WHEN NOT report.is_cumulative THEN 'one_period'
            WHEN coalesce(report.region_code = target.region_code, TRUE) THEN 'whole'
            WHEN target.region_code IN (region.parent_code, parent.parent_code) THEN 'one_region'
            ELSE 'elsewhere'
        END AS scope
    FROM report
    INNER JOIN target ON target.target_id = report.target_id
    INNER JOIN document ON document.document_id = report.document_id
    LEFT JOIN region ON region.region_code = report.region_code
    LEFT JOIN region AS parent ON parent.region_code = region.parent_code
    LEFT JOIN unit AS reported ON reported.unit = report.unit
    LEFT JOIN unit AS promised ON promised.unit = target.unit
    LEFT JOIN unit_conversion
        ON unit_conversion.from_unit = report.unit
        AND unit_conversion.to_unit = target.unit
    LEFT JOIN report_clause ON report_clause.report_id = report.report_id
),

based AS (
    SELECT
        *,
        CASE
            WHEN printed_value IS NULL OR target_value IS NULL OR scope = 'elsewhere'
                THEN 'not_comparable'
            WHEN scope <> 'whole' AND '%' IN (printed_unit, target_unit) THEN 'not_comparable'
            WHEN printed_unit IS NOT DISTINCT FROM target_unit THEN 'same_unit'
            WHEN printed_unit IS NULL OR (target_unit IS NULL AND printed_unit <> '%')
                THEN 'same_unit'
            WHEN factor IS NOT NULL THEN 'converted'
            WHEN printed_unit = '%' THEN 'completion_rate'
            WHEN target_unit = '%' AND is_of_all THEN 'said_of_all'
            WHEN counts_things THEN 'same_dimension'
            ELSE 'not_comparable'
        END AS basis
    FROM linked
),

valued AS (
    SELECT
        * REPLACE (CASE WHEN scope = 'whole' THEN comparator ELSE '>=' END AS comparator),
        CAST(
            CASE
                WHEN basis IN ('same_unit', 'same_dimension') THEN printed_value
                WHEN basis = 'converted' THEN round(printed_value * factor, 4)
                WHEN basis = 'completion_rate'
                    THEN round(CAST(printed_value AS DOUBLE) * CAST(target_value AS DOUBLE) / 100, 4)
                WHEN basis = 'said_of_all' THEN 100
            END AS DECIMAL(20, 4)
        ) AS value
    FROM based
),

judged AS (
    SELECT
        *,
        CASE
            WHEN value IS NULL THEN NULL
            WHEN target_comparator IN ('<=', '<') THEN
                CASE
                    WHEN value < target_value THEN 'met'
                    WHEN value > target_value THEN 'short'
                    WHEN comparator IN ('>', '>=') THEN 'short'
                    WHEN comparator = '<' THEN 'met'
                    WHEN target_comparator = '<' THEN 'short'
                    ELSE 'met'
                END
            WHEN value > target_value AND comparator NOT IN ('<', '<=') THEN 'exceeded'
            WHEN value < target_value THEN 'short'
            WHEN comparator = '>'
                THEN CASE WHEN target_comparator = '>' THEN 'met' ELSE 'exceeded' END
            WHEN comparator = '<' AND value = target_value THEN 'short'
            WHEN target_comparator = '>' AND value = target_value THEN 'short'
            ELSE 'met'
        END AS verdict
    FROM valued
)

SELECT
    -- keys
    report_id,
    target_id,
    document_id,
    figure_id,
    -- facts
    as_of,
    value,
    comparator,
    basis,
    scope,
    CASE
        WHEN scope = 'whole' THEN verdict
        WHEN verdict IN ('met', 'exceeded') AND target_comparator NOT IN ('<=', '<') THEN verdict
    END AS verdict,
    document_kind,
    printed_value,
    printed_unit,
    as_printed
FROM judged
