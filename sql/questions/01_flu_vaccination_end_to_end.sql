-- The city promised 85.8万 flu vaccinations: what was reported, what does each district carry, and
-- does it add up?
-- For any other promise, put other words into `asked`. One row for each thing that a source says:
-- the promise, its dated steps, what was reported, the shares and the districts' own plans; then one
-- row for each district of which no source prints a figure.
WITH asked AS (
    SELECT '%流感疫苗%' AS words
),

attainment AS (
    SELECT * FROM marts.attainment
),

milestone_schedule AS (
    SELECT * FROM marts.milestone_schedule
),

allocation AS (
    SELECT * FROM marts.allocation
),

plan_vs_allocation AS (
    SELECT * FROM marts.plan_vs_allocation
),

source AS (
    SELECT * FROM marts.source
),

region AS (
    SELECT * FROM core.region
),

asked_target AS (
    SELECT attainment.*
    FROM attainment
    INNER JOIN asked ON attainment.indicator LIKE asked.words
),

-- Whose districts could carry a share of it.
asked_parent AS (
    SELECT DISTINCT asked_target.region_code, asked_target.plan_year
    FROM asked_target
    INNER JOIN region ON region.parent_code = asked_target.region_code
),

said AS (
    SELECT
        1 AS step,
        'promised' AS what,
        plan_year,
        region,
        due_on AS on_date,
        comparator,
        target_value AS value,
        unit,
        CAST(NULL AS DECIMAL(20, 6)) AS share,
        CAST(NULL AS VARCHAR) AS verdict,
        target_id AS fact_id
    FROM asked_target
    UNION ALL
    SELECT
        2,
        'to be done by then',
        plan_year,
        region,
        due_on,
        '=',
        expected_value,
        unit,
        expected_share,
        pace,
        milestone_id
    FROM milestone_schedule
    WHERE target_id IN (SELECT target_id FROM asked_target)
        AND schedule_of = 'own'
    UNION ALL
    SELECT
        3,
        'reported',
        plan_year,
        region,
        as_of,
        reported_comparator,
        reported_printed_value,
        reported_printed_unit,
        attainment,
        status,
        report_id
    FROM asked_target
    WHERE report_id IS NOT NULL
    UNION ALL
    SELECT
        4,
        'share that the city gave',
        plan_year,
        region,
        NULL,
        '=',
        value,
        unit,
        share,
        NULL,
        concat(target_id, '@', region_code)
    FROM allocation
    WHERE target_id IN (SELECT target_id FROM asked_target)
    UNION ALL
    SELECT
        5,
        'share of the city''s promise',
        plan_year,
        region,
        NULL,
        NULL,
        plan_value,
        plan_unit,
        share_of_city_target,
        status,
        plan_target_id
    FROM plan_vs_allocation
    WHERE plan_target_id IN (SELECT target_id FROM asked_target)
        AND city_target_id IS NOT NULL
),

silent AS (
    SELECT
        6 AS step,
        'no figure in any source' AS what,
        asked_parent.plan_year,
        region.name_zh AS region
    FROM asked_parent
    INNER JOIN region
        ON region.parent_code = asked_parent.region_code
        AND region.level <> 'city_own'
    WHERE (region.name_zh, asked_parent.plan_year) NOT IN (
            SELECT (region, plan_year) FROM said
        )
),

answered AS (
    SELECT * FROM said
    UNION ALL BY NAME
    SELECT * FROM silent
)

SELECT
    -- facts
    answered.what,
    answered.plan_year,
    answered.region,
    answered.on_date,
    answered.comparator,
    answered.value,
    answered.unit,
    answered.share,
    answered.verdict,
    -- provenance
    source.file_name,
    source.page,
    source.as_printed
FROM answered
LEFT JOIN source
    ON source.fact_id = answered.fact_id
    AND source.fact_kind <> 'figure'
ORDER BY answered.plan_year, answered.step, answered.region, answered.on_date, answered.fact_id
