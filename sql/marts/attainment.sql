-- Each target beside the latest figure reported for it.
--
-- The verdict reads both comparators. A target is reached by = or >= at its value; one that must be
-- passed (>) only beyond it, unless the report itself says "more than" it. A report that says "more
-- than" the target's very value exceeds it. An approximate report (近, 约) below its target is short.
-- A ceiling (<=, <) is met by staying below. Below target, a progress report from before the due
-- date (or, without one, the end of the plan year) means in progress, anything else short.
WITH target AS (
    SELECT * FROM core.target
),

commitment AS (
    SELECT * FROM core.commitment
),

region AS (
    SELECT * FROM core.region
),

report AS (
    SELECT * FROM claims.comparable_report
),

-- The latest date wins; on one date a comparable figure before others, a total before its parts.
latest_report AS (
    SELECT *
    FROM report
    QUALIFY row_number() OVER (
        PARTITION BY target_id
        ORDER BY
            (printed_value IS NULL),
            (basis = 'not_comparable'),
            as_of DESC NULLS LAST,
            is_part,
            (basis = 'completion_rate'),
            value DESC NULLS LAST,
            report_id
    ) = 1
),

report_count AS (
    SELECT target_id, count(*) AS reports FROM report GROUP BY target_id
),

compared AS (
    SELECT
        target.*,
        commitment.title AS commitment_title,
        coalesce(commitment.due_on, make_date(target.plan_year, 12, 31)) AS due_on,
        latest_report.report_id,
        latest_report.document_id AS report_document_id,
        latest_report.document_kind AS report_document_kind,
        latest_report.figure_id AS report_figure_id,
        latest_report.as_printed AS report_as_printed,
        latest_report.as_of,
        latest_report.value AS reported_value,
        latest_report.comparator AS reported_comparator,
        latest_report.basis,
        latest_report.printed_value,
        latest_report.printed_unit,
        coalesce(report_count.reports, 0) AS reports,
        CASE
            WHEN latest_report.value IS NULL OR target.value IS NULL THEN NULL
            WHEN target.comparator IN ('<=', '<') THEN
                CASE
                    WHEN latest_report.value < target.value THEN 'met'
                    WHEN latest_report.value > target.value THEN 'short'
                    WHEN latest_report.comparator IN ('>', '>=') THEN 'short'
                    WHEN latest_report.comparator = '<' THEN 'met'
                    WHEN target.comparator = '<' THEN 'short'
                    ELSE 'met'
                END
            WHEN latest_report.comparator IN ('<', '<=') AND latest_report.value < target.value
                THEN 'short'
            WHEN latest_report.value > target.value THEN 'exceeded'
            WHEN latest_report.value < target.value THEN 'short'
            WHEN latest_report.comparator = '>'
                THEN CASE WHEN target.comparator = '>' THEN 'met' ELSE 'exceeded' END
            WHEN latest_report.comparator = '<' THEN 'short'
            WHEN target.comparator = '>' THEN 'short'
            ELSE 'met'
        END AS verdict
    FROM target
    LEFT JOIN commitment ON commitment.commitment_id = target.commitment_id
    LEFT JOIN latest_report ON latest_report.target_id = target.target_id
    LEFT JOIN report_count ON report_count.target_id = target.target_id
)

SELECT
    -- keys
    compared.target_id,
    compared.commitment_id,
    compared.document_id,
    compared.region_code,
    compared.indicator_id,
    compared.report_id,
    -- facts
    region.name_zh AS region,
    compared.plan_year,
    compared.indicator,
    compared.value AS target_value,
    compared.unit,
    compared.comparator,
    compared.due_on,
    compared.reported_value,
    compared.reported_comparator,
    compared.printed_value AS reported_printed_value,
    compared.printed_unit AS reported_printed_unit,
    compared.as_of,
    CAST(
        CAST(compared.reported_value AS DOUBLE) / nullif(CAST(compared.value AS DOUBLE), 0)
        AS DECIMAL(20, 6)
    ) AS attainment,
    CASE
        WHEN compared.verdict IS NULL THEN 'unreported'
        WHEN
            compared.verdict = 'short'
            AND compared.report_document_kind = 'progress_report'
            AND coalesce(compared.as_of < compared.due_on, TRUE)
            THEN 'in_progress'
        ELSE compared.verdict
    END AS status,
    coalesce(compared.basis, 'no_report') AS basis,
    CAST(compared.reports AS INTEGER) AS reports,
    -- provenance
    compared.as_printed,
    compared.figure_id,
    compared.report_as_printed,
    compared.report_figure_id,
    compared.report_document_id
FROM compared
LEFT JOIN region ON region.region_code = compared.region_code
