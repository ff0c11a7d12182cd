-- Which district carries the largest share of which theme?
-- The mean of its shares over all targets of the theme that are shared out to districts; a target of
-- which it carries nothing counts as none.
WITH allocation AS (
    SELECT * FROM marts.allocation
),

indicator AS (
    SELECT * FROM core.indicator
),

shared AS (
    SELECT
        allocation.plan_year,
        allocation.target_id,
        allocation.region,
        allocation.share,
        indicator.theme
    FROM allocation
    INNER JOIN indicator ON indicator.indicator_id = allocation.indicator_id
    WHERE allocation.level <> 'city_own'
        AND indicator.theme IS NOT NULL
),

theme AS (
    SELECT
        plan_year,
        theme,
        count(DISTINCT target_id) AS targets
    FROM shared
    GROUP BY plan_year, theme
),

carried AS (
    SELECT
        shared.plan_year,
        shared.theme,
        shared.region,
        any_value(theme.targets) AS targets,
        count(*) AS targets_carried,
        round(sum(CAST(shared.share AS DOUBLE)) / any_value(theme.targets), 4) AS mean_share
    FROM shared
    INNER JOIN theme
        ON theme.plan_year = shared.plan_year
        AND theme.theme = shared.theme
    GROUP BY shared.plan_year, shared.theme, shared.region
)

SELECT
    -- facts
    plan_year,
    theme,
    targets,
    region,
    targets_carried,
    mean_share
FROM carried
QUALIFY rank() OVER (PARTITION BY plan_year, theme ORDER BY mean_share DESC) = 1
ORDER BY plan_year, mean_share DESC, theme, region
