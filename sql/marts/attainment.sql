-- Each target beside the latest figure reported for it.
--
-- The verdict is that of claims.comparable_report, which reads both comparators, units and scope.
-- Below target, a progress report from before the due date (or, without one, the end of the plan
-- year) means in progress, anything else short. A figure that is only the least of the whole (a part,
-- one month, one region) is shown as >= and gives no ratio; unless it reaches the target by itself,
-- it leaves the target in progress before the due date and unreported after it. A goal that only a
-- report names counts where no plan of the place and year promises it.
WITH target AS (
    SELECT *
    FROM core.target
    WHERE target_id NOT IN (SELECT target_id FROM claims.superseded_quote)
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
            (scope <> 'whole' AND verdict IS NULL),
            as_of DESC NULLS LAST,
            (scope <> 'whole'),
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
        coalesce(commitment.due_on, make_date(target.plan_year, 12, 31)) AS due_on,
        latest_report.report_id,
        latest_report.document_id AS report_document_id,
        latest_report.figure_id AS report_figure_id,
        latest_report.as_printed AS report_as_printed,
        latest_report.as_of,
        latest_report.value AS reported_value,
        latest_report.comparator AS reported_comparator,
        latest_report.basis,
        latest_report.scope,
        latest_report.verdict,
        latest_report.printed_value,
        latest_report.printed_unit,
        coalesce(report_count.reports, 0) AS reports,
        latest_report.document_kind = 'progress_report'
        AND coalesce(
            latest_report.as_of < coalesce(commitment.due_on, make_date(target.plan_year, 12, 31)),
            TRUE
        ) AS is_under_way
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
        CASE
            WHEN compared.scope = 'whole'
                THEN
                    CAST(compared.reported_value AS DOUBLE)
                    / nullif(CAST(compared.value AS DOUBLE), 0)
        END AS DECIMAL(20, 6)
    ) AS attainment,
    CASE
        WHEN compared.verdict = 'short' AND compared.is_under_way THEN 'in_progress'
        WHEN compared.verdict IS NOT NULL THEN compared.verdict
        WHEN compared.reported_value IS NOT NULL AND compared.is_under_way THEN 'in_progress'
        ELSE 'unreported'
    END AS status,
    coalesce(compared.basis, 'no_report') AS basis,
    compared.scope,
    CAST(compared.reports AS INTEGER) AS reports,
    -- provenance
    compared.as_printed,
    compared.figure_id,
    compared.report_as_printed,
    compared.report_figure_id,
    compared.report_document_id
FROM compared
LEFT JOIN region ON region.region_code = compared.region_code
