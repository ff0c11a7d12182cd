-- Which rows do not add up, how far, and has a person signed them?
WITH reconciliation AS (
    SELECT * FROM marts.reconciliation
),

target AS (
    SELECT * FROM core.target
),

source AS (
    SELECT * FROM marts.source
)

SELECT
    -- keys
    reconciliation.check_name,
    reconciliation.subject_id,
    -- facts
    target.indicator,
    reconciliation.expected,
    reconciliation.actual,
    reconciliation.difference,
    reconciliation.unit,
    round(CAST(reconciliation.difference / nullif(reconciliation.expected, 0) AS DOUBLE), 4)
        AS relative_difference,
    reconciliation.status,
    reconciliation.signed_on,
    -- provenance
    source.file_name,
    source.page
FROM reconciliation
LEFT JOIN target ON target.target_id = reconciliation.target_id
LEFT JOIN source
    ON source.fact_id = reconciliation.subject_id
    AND source.fact_kind <> 'figure'
WHERE reconciliation.status IN ('disagrees', 'accepted')
ORDER BY reconciliation.check_name, reconciliation.subject_id
