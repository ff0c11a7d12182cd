-- Which promises of a year whose results were published never got a figure?
-- `possible_reports` counts figures that may be about it but wait for a person to say so.
WITH attainment AS (
    SELECT * FROM marts.attainment
),

responsibility AS (
    SELECT * FROM core.responsibility
),

link_candidate AS (
    SELECT * FROM quality.link_candidate
),

document AS (
    SELECT * FROM core.document
),

lead AS (
    SELECT
        commitment_id,
        string_agg(organization, '、' ORDER BY position) AS bodies
    FROM responsibility
    WHERE role = 'lead'
    GROUP BY commitment_id
),

candidate AS (
    SELECT
        to_id AS target_id,
        count(*) AS reports
    FROM link_candidate
    WHERE from_kind = 'report'
    GROUP BY to_id
)

SELECT
    -- keys
    attainment.target_id,
    -- facts
    attainment.plan_year,
    attainment.region,
    attainment.indicator,
    attainment.target_value,
    attainment.unit,
    attainment.due_on,
    lead.bodies AS lead_bodies,
    coalesce(candidate.reports, 0) AS possible_reports
FROM attainment
LEFT JOIN lead ON lead.commitment_id = attainment.commitment_id
LEFT JOIN candidate ON candidate.target_id = attainment.target_id
WHERE attainment.status IN ('in_words', 'cannot_be_judged', 'unreported')
    AND (attainment.region_code, attainment.plan_year) IN (
        SELECT (region_code, plan_year) FROM document WHERE kind = 'results_article'
    )
ORDER BY attainment.plan_year, length(attainment.target_id), attainment.target_id
