-- Which promises in progress are furthest, and which have hardly begun?
-- `pace` is there where the district's or the city's plan prints a step to measure by; a share of the
-- year gone by is no such step. A figure of one month alone (>=) gives no ratio.
WITH attainment AS (
    SELECT * FROM marts.attainment
),

milestone_schedule AS (
    SELECT * FROM marts.milestone_schedule
),

-- The last step that was due by the date of the report, else the next one if it is reached already.
latest_step AS (
    SELECT *
    FROM milestone_schedule
    WHERE pace IN ('ahead', 'on_track', 'behind')
    QUALIFY row_number() OVER (
        PARTITION BY target_id
        ORDER BY (due_on > as_of), abs(due_on - as_of), milestone_id
    ) = 1
)

SELECT
    -- keys
    attainment.target_id,
    -- facts
    attainment.region,
    attainment.indicator,
    attainment.target_value,
    attainment.unit,
    attainment.reported_comparator,
    attainment.reported_value,
    attainment.as_of,
    attainment.attainment,
    latest_step.pace,
    latest_step.due_on AS step_due_on,
    latest_step.expected_value AS step_expects,
    latest_step.schedule_of
FROM attainment
LEFT JOIN latest_step ON latest_step.target_id = attainment.target_id
WHERE attainment.status = 'in_progress'
ORDER BY attainment.attainment DESC NULLS LAST, attainment.target_id
