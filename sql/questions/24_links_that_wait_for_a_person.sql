-- Which joins were proposed but are not certain, with the evidence for and against?
-- Confirm or reject them in raw/accepted_links.yml.
WITH link_candidate AS (
    SELECT * FROM quality.link_candidate
),

target AS (
    SELECT * FROM core.target
),

report AS (
    SELECT * FROM core.report
),

given AS (
    SELECT target_id AS fact_id, indicator, value, unit FROM target
    UNION ALL
    SELECT report_id, indicator, value, unit FROM report
)

SELECT
    -- keys
    link_candidate.from_id,
    link_candidate.to_id,
    -- facts
    given.indicator AS from_indicator,
    given.value AS from_value,
    given.unit AS from_unit,
    target.indicator AS to_indicator,
    target.value AS to_value,
    target.unit AS to_unit,
    link_candidate.score,
    link_candidate.reason
FROM link_candidate
INNER JOIN given ON given.fact_id = link_candidate.from_id
INNER JOIN target ON target.target_id = link_candidate.to_id
ORDER BY link_candidate.score DESC, link_candidate.from_id, link_candidate.to_id
