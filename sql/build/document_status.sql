-- Each document with its status and, where it is not the newest version, why.
WITH document AS (
    SELECT * FROM core.document
),

quarantine AS (
    SELECT * FROM quality.quarantine
),

discrepancy AS (
    SELECT
        document_id,
        count(*) AS discrepancies,
        min(concat(check_name, ' ', subject_id, ': ', reason)) AS example
    FROM quality.discrepancy
    WHERE status <> 'accepted'
    GROUP BY document_id
)

SELECT
    document.document_id,
    document.kind,
    document.status,
    CASE
        WHEN quarantine.document_id IS NOT NULL
            THEN concat(quarantine.code, ': ', quarantine.message)
        WHEN discrepancy.document_id IS NOT NULL
            THEN concat(discrepancy.discrepancies, ' unsigned; ', discrepancy.example)
    END AS reason
FROM document
LEFT JOIN quarantine ON quarantine.document_id = document.document_id
LEFT JOIN discrepancy ON discrepancy.document_id = document.document_id
ORDER BY document.document_id
