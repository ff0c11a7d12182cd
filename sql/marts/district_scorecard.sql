-- Per region and year: what it promised, what it was given to carry, what was reported of it.
-- Attainment is the mean over reported targets, each counted as done (1) or as far as it got: one
-- target far beyond its mark does not make up for another that was missed.
WITH commitment AS (
    SELECT * FROM core.commitment WHERE standing <> 'quoted'
),

attainment AS (
    SELECT * FROM marts.attainment
),

allocation AS (
    SELECT * FROM marts.allocation
),

region AS (
    SELECT * FROM core.region
),

commitment_count AS (
    SELECT
        region_code,
        plan_year,
        count(*) AS commitments
    FROM commitment
    GROUP BY region_code, plan_year
),

target_count AS (
    SELECT
        region_code,
        plan_year,
        count(*) AS targets,
        count(*) FILTER (WHERE status IN ('exceeded', 'met', 'short', 'in_progress')) AS reported,
        count(*) FILTER (WHERE status = 'exceeded') AS exceeded,
        count(*) FILTER (WHERE status = 'met') AS met,
        count(*) FILTER (WHERE status = 'short') AS short,
        count(*) FILTER (WHERE status = 'in_progress') AS in_progress,
        count(*) FILTER (WHERE status = 'in_words') AS in_words,
        count(*) FILTER (WHERE status = 'cannot_be_judged') AS cannot_be_judged,
        count(*) FILTER (WHERE status = 'unreported') AS unreported,
        avg(
            CASE
                WHEN status IN ('exceeded', 'met') THEN 1
                -- A figure that is only the least of the whole says how far at least, not how far.
                WHEN attainment IS NULL THEN NULL
                WHEN comparator IN ('<', '<=') THEN 1 / nullif(CAST(attainment AS DOUBLE), 0)
                ELSE least(CAST(attainment AS DOUBLE), 1)
            END
        ) FILTER (WHERE status IN ('exceeded', 'met', 'short', 'in_progress')) AS attainment
    FROM attainment
    GROUP BY region_code, plan_year
),

share_count AS (
    SELECT
        region_code,
        plan_year,
        count(*) AS shares,
        avg(CAST(share AS DOUBLE)) AS mean_share
    FROM allocation
    GROUP BY region_code, plan_year
),

spine AS (
    SELECT region_code, plan_year FROM commitment_count
    UNION
    SELECT region_code, plan_year FROM target_count
    UNION
    SELECT region_code, plan_year FROM share_count
)

SELECT
    -- keys
    spine.region_code,
    spine.plan_year,
    -- facts
    region.name_zh AS region,
    region.level,
    CAST(coalesce(commitment_count.commitments, 0) AS INTEGER) AS commitments,
    CAST(coalesce(target_count.targets, 0) AS INTEGER) AS targets,
    CAST(coalesce(share_count.shares, 0) AS INTEGER) AS shares,
    CAST(share_count.mean_share AS DECIMAL(20, 6)) AS mean_share,
    CAST(coalesce(target_count.reported, 0) AS INTEGER) AS reported,
    CAST(coalesce(target_count.exceeded, 0) AS INTEGER) AS exceeded,
    CAST(coalesce(target_count.met, 0) AS INTEGER) AS met,
    CAST(coalesce(target_count.short, 0) AS INTEGER) AS short,
    CAST(coalesce(target_count.in_progress, 0) AS INTEGER) AS in_progress,
    CAST(coalesce(target_count.in_words, 0) AS INTEGER) AS in_words,
    CAST(coalesce(target_count.cannot_be_judged, 0) AS INTEGER) AS cannot_be_judged,
    CAST(coalesce(target_count.unreported, 0) AS INTEGER) AS unreported,
    CAST(target_count.attainment AS DECIMAL(20, 6)) AS attainment
FROM spine
LEFT JOIN commitment_count
    ON commitment_count.region_code IS NOT DISTINCT FROM spine.region_code
    AND commitment_count.plan_year IS NOT DISTINCT FROM spine.plan_year
LEFT JOIN target_count
    ON target_count.region_code IS NOT DISTINCT FROM spine.region_code
    AND target_count.plan_year IS NOT DISTINCT FROM spine.plan_year
LEFT JOIN share_count
    ON share_count.region_code IS NOT DISTINCT FROM spine.region_code
    AND share_count.plan_year IS NOT DISTINCT FROM spine.plan_year
LEFT JOIN region ON region.region_code = spine.region_code
ORDER BY spine.region_code, spine.plan_year
