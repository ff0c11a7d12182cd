-- Which districts carry the most of what the city promised, and how often the largest share?
WITH allocation AS (
    SELECT * FROM marts.allocation
),

ranked AS (
    SELECT
        *,
        rank() OVER (PARTITION BY target_id ORDER BY share DESC) AS place
    FROM allocation
    WHERE level <> 'city_own'
)

SELECT
    -- facts
    plan_year,
    region,
    count(*) AS shares,
    round(avg(CAST(share AS DOUBLE)), 4) AS mean_share,
    count(*) FILTER (WHERE place = 1) AS largest_shares,
    max(share) AS greatest_share,
    arg_max(indicator, (share, target_id)) AS greatest_share_of
FROM ranked
GROUP BY plan_year, region
ORDER BY plan_year, mean_share DESC, region
