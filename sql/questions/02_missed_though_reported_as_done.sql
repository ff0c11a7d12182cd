-- Which promises were missed though a report tells them among what was done?
-- Two ways to tell: the latest figure is short of the target after its due date, or the report says
-- in words (超额完成, 全面完成) what its own figure does not bear out.
WITH attainment AS (
    SELECT * FROM marts.attainment
),

reconciliation AS (
    SELECT * FROM marts.reconciliation
),

report AS (
    SELECT * FROM core.report
)

SELECT
    -- keys
    attainment.target_id,
    -- facts
    attainment.region,
    attainment.indicator,
    attainment.target_value,
    attainment.unit,
    attainment.reported_comparator,
    attainment.reported_value,
    CAST(attainment.target_value - attainment.reported_value AS DECIMAL(20, 4)) AS missing,
    attainment.attainment,
    attainment.status,
    reconciliation.status AS claim_in_words,
    -- provenance
    attainment.as_printed,
    report.text AS reported_in
FROM attainment
INNER JOIN report ON report.report_id = attainment.report_id
LEFT JOIN reconciliation
    ON reconciliation.subject_id = attainment.report_id
    AND reconciliation.check_name = 'claimed_completion'
WHERE attainment.status = 'short'
    OR reconciliation.status = 'disagrees'
ORDER BY attainment.attainment, attainment.target_id
