-- What disagrees: claims, signed or not, and signatures that match nothing found. One row for each
-- document, check and subject; a signature whose claim disagrees with other numbers is the claim.
WITH reconciliation AS (
    SELECT * FROM marts.reconciliation WHERE status IN ('accepted', 'disagrees')
),

stale AS (
    SELECT * FROM quality.stale_signature WHERE reason <> 'differs'
)

SELECT
    -- keys
    document_id,
    check_name,
    subject_id,
    target_id,
    -- facts
    expected,
    actual,
    expected_on,
    actual_on,
    unit,
    status,
    reason
FROM reconciliation
UNION ALL
SELECT
    document_id,
    check_name,
    target_id,
    NULL,
    signed_expected,
    signed_actual,
    NULL,
    NULL,
    NULL,
    'stale',
    CASE reason
        WHEN 'missing' THEN 'the signature names a claim that no source makes'
        ELSE concat('signed, but nothing disagrees any more: found ', found_actual)
    END
FROM stale
ORDER BY document_id, check_name, subject_id
