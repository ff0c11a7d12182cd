-- Where a report claims in words that a promise was kept or passed, or quotes the goal, do its own
-- figure and the plan bear it out?
WITH reconciliation AS (
    SELECT * FROM marts.reconciliation
),

target AS (
    SELECT * FROM core.target
)

SELECT
    -- keys
    reconciliation.subject_id,
    reconciliation.target_id,
    -- facts
    reconciliation.check_name,
    target.indicator,
    reconciliation.expected AS promised,
    reconciliation.actual AS reported_or_quoted,
    reconciliation.unit,
    reconciliation.status,
    reconciliation.reason
FROM reconciliation
LEFT JOIN target ON target.target_id = reconciliation.target_id
WHERE reconciliation.check_name IN ('claimed_completion', 'quoted_goal')
ORDER BY reconciliation.check_name, length(reconciliation.subject_id), reconciliation.subject_id
