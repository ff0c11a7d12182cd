-- The date of a report lies in or after the year of the plan that its target belongs to.
-- Numbers are years.
WITH report AS (
    SELECT * FROM core.report
),

target AS (
    SELECT * FROM core.target
),

claim AS (
    SELECT
        report.report_id,
        report.document_id,
        report.as_of,
        target.target_id,
        target.commitment_id,
        target.plan_year,
        make_date(target.plan_year, 1, 1) AS year_begins_on
    FROM report
    INNER JOIN target ON target.target_id = report.target_id
)

SELECT
    -- keys
    'report_date' AS check_name,
    report_id AS subject_id,
    document_id,
    commitment_id,
    target_id,
    -- facts
    CAST(year(year_begins_on) AS DECIMAL(20, 4)) AS expected,
    CAST(year(as_of) AS DECIMAL(20, 4)) AS actual,
    year_begins_on AS expected_on,
    as_of AS actual_on,
    '年' AS unit,
    CASE
        WHEN as_of IS NULL OR year_begins_on IS NULL THEN 'not_applicable'
        WHEN as_of >= year_begins_on THEN 'agrees'
        ELSE 'disagrees'
    END AS status,
    CASE
        WHEN as_of IS NULL THEN 'the report has no date'
        WHEN year_begins_on IS NULL THEN 'the plan has no year'
        WHEN as_of >= year_begins_on THEN 'in or after the plan year'
        ELSE 'before the plan year'
    END AS reason
FROM claim
