-- Which reported figures answer to no promise, and what might they belong to?
-- `possible_target` is a link that was proposed and waits for a person; parts of another figure are
-- left out, as their total speaks for them.
WITH report AS (
    SELECT * FROM core.report
),

target AS (
    SELECT * FROM core.target
),

link_candidate AS (
    SELECT * FROM quality.link_candidate
),

best_candidate AS (
    SELECT *
    FROM link_candidate
    WHERE from_kind = 'report'
    QUALIFY row_number() OVER (PARTITION BY from_id ORDER BY score DESC, to_id) = 1
)

SELECT
    -- keys
    report.report_id,
    -- facts
    report.indicator,
    report.comparator,
    report.value,
    report.unit,
    report.as_of,
    target.indicator AS possible_target,
    best_candidate.score,
    best_candidate.reason
FROM report
LEFT JOIN best_candidate ON best_candidate.from_id = report.report_id
LEFT JOIN target ON target.target_id = best_candidate.to_id
WHERE report.target_id IS NULL
    AND report.part_of IS NULL
ORDER BY report.document_id, length(report.report_id), report.report_id
