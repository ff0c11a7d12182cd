-- Which reported figures are not exact (近, 约, 超, 余), and what promise do they answer to?
WITH report AS (
    SELECT * FROM core.report
),

attainment AS (
    SELECT * FROM marts.attainment
)

SELECT
    -- keys
    report.report_id,
    -- facts
    report.indicator,
    report.comparator,
    report.value,
    report.unit,
    attainment.target_value,
    attainment.status,
    -- provenance
    report.as_printed,
    report.text
FROM report
LEFT JOIN attainment ON attainment.report_id = report.report_id
WHERE report.comparator <> '='
ORDER BY report.document_id, length(report.report_id), report.report_id
