-- Signatures whose numbers match nothing that is found. A document that could not be read, or whose
-- last good version stands in for it, is not judged by what this run cannot see.
WITH accepted AS (
    SELECT * FROM quality.accepted_discrepancy
),

reconciliation AS (
    SELECT * FROM marts.reconciliation
),

unjudged AS (
    SELECT document_id FROM core.document WHERE status <> 'published'
)

SELECT
    -- keys
    accepted.document_id,
    accepted.target_id,
    accepted.check_name,
    -- facts
    accepted.expected AS signed_expected,
    accepted.actual AS signed_actual,
    reconciliation.expected AS found_expected,
    reconciliation.actual AS found_actual,
    CASE
        WHEN reconciliation.status IS NULL THEN 'missing'
        WHEN reconciliation.status = 'disagrees' THEN 'differs'
        ELSE 'agrees'
    END AS reason
FROM accepted
LEFT JOIN reconciliation
    ON reconciliation.document_id = accepted.document_id
    AND reconciliation.subject_id = accepted.target_id
    AND reconciliation.check_name = accepted.check_name
WHERE reconciliation.status IS DISTINCT FROM 'accepted'
    AND accepted.document_id NOT IN (SELECT document_id FROM unjudged)
