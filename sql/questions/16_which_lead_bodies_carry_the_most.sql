-- Which lead bodies carry the most promises, and how did those end?
WITH responsibility AS (
    SELECT * FROM core.responsibility
),

attainment AS (
    SELECT * FROM marts.attainment
),

document AS (
    SELECT * FROM core.document
),

lead AS (
    SELECT DISTINCT document_id, commitment_id, target_id, organization
    FROM responsibility
    WHERE role = 'lead'
        AND organization IS NOT NULL
)

SELECT
    -- facts
    document.plan_year,
    lead.organization,
    count(DISTINCT lead.commitment_id) AS commitments,
    count(DISTINCT attainment.target_id) AS targets,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'exceeded') AS exceeded,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'met') AS met,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'short') AS short,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'in_progress')
        AS in_progress,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'in_words') AS in_words,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'cannot_be_judged')
        AS cannot_be_judged,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'unreported')
        AS unreported,
    -- provenance
    lead.document_id
FROM lead
INNER JOIN document ON document.document_id = lead.document_id
LEFT JOIN attainment
    ON attainment.commitment_id = lead.commitment_id
    AND coalesce(lead.target_id = attainment.target_id, TRUE)
GROUP BY document.plan_year, lead.organization, lead.document_id
HAVING commitments >= 3
ORDER BY commitments DESC, targets DESC, lead.document_id, lead.organization
