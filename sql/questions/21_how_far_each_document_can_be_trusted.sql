-- How far can each document be trusted: are all its numbers understood, and does it add up?
WITH document AS (
    SELECT * FROM core.document
),

figure AS (
    SELECT * FROM core.figure
),

reconciliation AS (
    SELECT * FROM marts.reconciliation
),

notice AS (
    SELECT * FROM quality.notice
),

figure_count AS (
    SELECT
        document_id,
        count(*) AS figures,
        count(*) FILTER (WHERE role <> 'unresolved') AS understood,
        count(*) FILTER (WHERE role IN ('target', 'allocation', 'milestone', 'report'))
            AS figures_of_facts
    FROM figure
    GROUP BY document_id
),

claim_count AS (
    SELECT
        document_id,
        count(*) FILTER (WHERE status <> 'not_applicable') AS claims,
        count(*) FILTER (WHERE status = 'agrees') AS agree,
        count(*) FILTER (WHERE status = 'accepted') AS accepted,
        count(*) FILTER (WHERE status = 'disagrees') AS disagree
    FROM reconciliation
    GROUP BY document_id
),

notice_count AS (
    SELECT document_id, count(*) AS notices FROM notice GROUP BY document_id
)

SELECT
    -- keys
    document.document_id,
    -- facts
    document.kind,
    document.status,
    figure_count.figures,
    figure_count.understood,
    round(figure_count.understood / figure_count.figures, 4) AS share_understood,
    figure_count.figures_of_facts,
    coalesce(claim_count.claims, 0) AS claims_checked,
    coalesce(claim_count.agree, 0) AS agree,
    coalesce(claim_count.accepted, 0) AS accepted,
    coalesce(claim_count.disagree, 0) AS disagree,
    coalesce(notice_count.notices, 0) AS words_not_known
FROM document
LEFT JOIN figure_count ON figure_count.document_id = document.document_id
LEFT JOIN claim_count ON claim_count.document_id = document.document_id
LEFT JOIN notice_count ON notice_count.document_id = document.document_id
ORDER BY document.document_id
