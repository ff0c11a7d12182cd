-- What each valued step asks for in all, in the unit of its target: a cumulative step says so
-- itself, a step that stands for its own stretch is added to those since the last cumulative one.
-- A step that is due again and again (每月250堂, May to August) asks by its last day for all of its
-- turns, on top of what was due before its first day.
WITH milestone AS (
    SELECT * FROM core.milestone
),

target AS (
    SELECT * FROM core.target
),

unit_conversion AS (
    SELECT * FROM core.unit_conversion
),

valued AS (
    SELECT
        milestone.milestone_id,
        milestone.target_id,
        milestone.commitment_id,
        milestone.document_id,
        milestone.starts_on,
        milestone.due_on,
        milestone.is_cumulative,
        milestone.repeats,
        target.value AS target_value,
        target.unit,
        target.comparator AS target_comparator,
        CASE
            WHEN milestone.expected_value IS NULL
                THEN round(CAST(milestone.expected_share AS DECIMAL(10, 4)) * target.value, 4)
            WHEN milestone.unit IS NULL OR milestone.unit = target.unit
                THEN milestone.expected_value
            WHEN unit_conversion.factor IS NOT NULL
                THEN round(milestone.expected_value * unit_conversion.factor, 4)
            WHEN milestone.expected_share IS NOT NULL
                THEN round(CAST(milestone.expected_share AS DECIMAL(10, 4)) * target.value, 4)
        END::DECIMAL(20, 4) AS own_value
    FROM milestone
    INNER JOIN target ON target.target_id = milestone.target_id
    LEFT JOIN unit_conversion
        ON unit_conversion.from_unit = milestone.unit
        AND unit_conversion.to_unit = target.unit
    WHERE milestone.due_on IS NOT NULL
),

anchored AS (
    SELECT
        *,
        row_number() OVER step AS step_no,
        count(*) FILTER (WHERE is_cumulative) OVER step AS anchor_no
    FROM valued
    WHERE own_value IS NOT NULL
    WINDOW step AS (
        PARTITION BY target_id
        ORDER BY due_on, length(milestone_id), milestone_id
        ROWS UNBOUNDED PRECEDING
    )
),

summed AS (
    SELECT
        *,
        sum(own_value) OVER (
            PARTITION BY target_id, anchor_no
            ORDER BY step_no
            ROWS UNBOUNDED PRECEDING
        )::DECIMAL(20, 4) AS cumulative_value
    FROM anchored
),

before_turns AS (
    SELECT
        turn.milestone_id,
        max(earlier.own_value) AS own_value
    FROM valued AS turn
    INNER JOIN valued AS earlier
        ON earlier.target_id = turn.target_id
        AND earlier.is_cumulative
        AND earlier.due_on < turn.starts_on
    WHERE turn.repeats IS NOT NULL AND NOT turn.is_cumulative
    GROUP BY turn.milestone_id
),

added AS (
    SELECT
        summed.* EXCLUDE (cumulative_value),
        CASE
            WHEN summed.repeats IS NOT NULL AND NOT summed.is_cumulative
                THEN summed.own_value * summed.repeats + coalesce(before_turns.own_value, 0)
            ELSE summed.cumulative_value
        END::DECIMAL(20, 4) AS cumulative_value
    FROM summed
    LEFT JOIN before_turns ON before_turns.milestone_id = summed.milestone_id
)

SELECT
    -- keys
    milestone_id,
    target_id,
    commitment_id,
    document_id,
    -- facts
    CAST(step_no AS INTEGER) AS step_no,
    due_on,
    cumulative_value,
    CAST(cumulative_value / nullif(target_value, 0) AS DECIMAL(20, 6)) AS cumulative_share,
    target_value,
    target_comparator,
    unit
FROM added
ORDER BY target_id, step_no, length(milestone_id), milestone_id
