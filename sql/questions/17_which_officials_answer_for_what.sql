-- Which city leaders answer for how many promises, and how did those end?
WITH responsibility AS (
    SELECT * FROM core.responsibility
),

attainment AS (
    SELECT * FROM marts.attainment
)

SELECT
    -- facts
    responsibility.person,
    count(DISTINCT responsibility.commitment_id) AS commitments,
    count(DISTINCT attainment.target_id) AS targets,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status IN ('exceeded', 'met'))
        AS kept,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'short') AS short,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'in_words') AS in_words,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'cannot_be_judged')
        AS cannot_be_judged,
    count(DISTINCT attainment.target_id) FILTER (WHERE attainment.status = 'unreported')
        AS unreported,
    -- provenance
    responsibility.document_id
FROM responsibility
LEFT JOIN attainment
    ON attainment.commitment_id = responsibility.commitment_id
    AND coalesce(responsibility.target_id = attainment.target_id, TRUE)
WHERE responsibility.role = 'city_leader'
    AND responsibility.person IS NOT NULL
GROUP BY responsibility.person, responsibility.document_id
ORDER BY commitments DESC, responsibility.person
