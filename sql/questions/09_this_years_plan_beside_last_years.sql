-- Where does a year's plan ask for less than the year before promised or delivered?
-- By canonical indicator and region; targets that are parts of one total (2000 + 130) are summed.
-- `result_before` is empty where no source reports the earlier year.
WITH target AS (
    SELECT * FROM core.target
),

attainment AS (
    SELECT * FROM marts.attainment
),

region AS (
    SELECT * FROM core.region
),

yearly AS (
    SELECT
        target.indicator_id,
        target.region_code,
        target.plan_year,
        target.unit,
        sum(target.value) AS value,
        sum(attainment.reported_value) AS reported_value,
        string_agg(target.target_id, ' ' ORDER BY target.target_id) AS target_ids
    FROM target
    INNER JOIN attainment ON attainment.target_id = target.target_id
    WHERE target.value IS NOT NULL
        AND target.unit <> '%'
    GROUP BY target.indicator_id, target.region_code, target.plan_year, target.unit
)

SELECT
    -- keys
    later.indicator_id,
    -- facts
    region.name_zh AS region,
    later.plan_year,
    later.unit,
    before.value AS promised_before,
    before.reported_value AS result_before,
    later.value AS promised,
    CAST(later.value - before.value AS DECIMAL(20, 4)) AS difference,
    round(CAST(later.value / before.value AS DOUBLE), 4) AS ratio,
    CASE
        WHEN later.value < greatest(before.value, before.reported_value) THEN 'less'
        WHEN later.value > greatest(before.value, before.reported_value) THEN 'more'
        ELSE 'same'
    END AS asks_for,
    -- provenance
    before.target_ids AS targets_before,
    later.target_ids AS targets
FROM yearly AS later
INNER JOIN yearly AS before
    ON before.indicator_id = later.indicator_id
    AND before.region_code = later.region_code
    AND before.plan_year = later.plan_year - 1
    AND before.unit = later.unit
INNER JOIN region ON region.region_code = later.region_code
ORDER BY ratio, later.indicator_id
