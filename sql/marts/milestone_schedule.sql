-- What should have been done by when, cumulative, beside what was reported, and the pace.
--
-- A target's own steps are its yardstick. A target that has none is measured by those of its parent
-- region's target for the same canonical indicator and year, step share × own value; such a row says
-- schedule_of = 'parent_region'. Time elapsed is never taken for a schedule that nobody printed.
--
-- A step is judged by the last figure reported from its date until the next step's. Failing that, by
-- an earlier figure that had reached it already, or by a later one that still had not. A figure that is
-- only the least of the whole (a part, one month, one region) counts where it reaches the step.
--
-- A step after the last day that anything was reported of the plan was not due yet. Where between a
-- step's date and the next step's only words were last said of the target, they tell it in words.
WITH step AS (
    SELECT * FROM claims.cumulative_milestone
),

milestone AS (
    SELECT * FROM core.milestone
),

target AS (
    SELECT * FROM core.target
),

region AS (
    SELECT * FROM core.region
),

report AS (
    SELECT *
    FROM claims.comparable_report
    WHERE as_of IS NOT NULL
        AND value IS NOT NULL
),

said AS (
    SELECT * FROM claims.said_of_target
),

last_day AS (
    SELECT target.document_id, max(told.as_of) AS reported_until
    FROM (
        SELECT target_id, as_of FROM report
        UNION ALL
        SELECT target_id, as_of FROM said
    ) AS told
    INNER JOIN target ON target.target_id = told.target_id
    GROUP BY target.document_id
),

own_step AS (
    SELECT
        target_id,
        milestone_id,
        due_on,
        cumulative_value AS expected_value,
        cumulative_share AS expected_share,
        'own' AS schedule_of,
        target_id AS schedule_target_id
    FROM step
),

parent_target AS (
    SELECT
        target.target_id,
        target.value,
        parent.target_id AS parent_target_id
    FROM target
    INNER JOIN region ON region.region_code = target.region_code
    INNER JOIN target AS parent
        ON parent.region_code = region.parent_code
        AND parent.indicator_id = target.indicator_id
        AND parent.plan_year = target.plan_year
    WHERE target.target_id NOT IN (SELECT target_id FROM step)
        AND parent.target_id IN (SELECT target_id FROM step)
    QUALIFY row_number() OVER (PARTITION BY target.target_id ORDER BY parent.target_id) = 1
),

borrowed_step AS (
    SELECT
        parent_target.target_id,
        step.milestone_id,
        step.due_on,
        CAST(
            round(CAST(step.cumulative_share AS DOUBLE) * CAST(parent_target.value AS DOUBLE), 4)
            AS DECIMAL(20, 4)
        ) AS expected_value,
        step.cumulative_share AS expected_share,
        'parent_region' AS schedule_of,
        step.target_id AS schedule_target_id
    FROM parent_target
    INNER JOIN step ON step.target_id = parent_target.parent_target_id
),

scheduled AS (
    SELECT * FROM own_step
    UNION ALL BY NAME
    SELECT * FROM borrowed_step
),

windowed AS (
    SELECT
        *,
        -- The next date, not the next row: two steps of one date share their window.
        min(due_on) OVER (
            PARTITION BY target_id
            ORDER BY due_on
            RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS next_due_on
    FROM scheduled
),

-- Of a ceiling, less is more: with the sign turned, one rule serves both.
directed AS (
    SELECT
        windowed.*,
        CASE WHEN target.comparator IN ('<', '<=') THEN -1 ELSE 1 END AS direction
    FROM windowed
    INNER JOIN target ON target.target_id = windowed.target_id
),

measured AS (
    SELECT
        directed.target_id,
        directed.milestone_id,
        any_value(directed.due_on) AS due_on,
        any_value(directed.next_due_on) AS next_due_on,
        any_value(directed.expected_value) AS expected_value,
        any_value(directed.expected_share) AS expected_share,
        any_value(directed.schedule_of) AS schedule_of,
        any_value(directed.schedule_target_id) AS schedule_target_id,
        any_value(directed.direction) AS direction,
        arg_max(report, (report.as_of, report.value * directed.direction, report.report_id)) FILTER (
            WHERE report.as_of >= directed.due_on
                AND report.as_of < coalesce(directed.next_due_on, DATE '9999-12-31')
        ) AS report_within,
        arg_max(report, (report.as_of, report.value * directed.direction, report.report_id)) FILTER (
            WHERE report.as_of < directed.due_on
                AND report.value * directed.direction >= directed.expected_value * directed.direction
        ) AS report_before,
        arg_min(report, (report.as_of, -report.value * directed.direction, report.report_id)) FILTER (
            WHERE report.as_of >= directed.next_due_on
                AND report.value * directed.direction < directed.expected_value * directed.direction
        ) AS report_after
    FROM directed
    LEFT JOIN report
        ON report.target_id = directed.target_id
        AND (
            report.scope = 'whole'
            OR (directed.direction = 1 AND report.value >= directed.expected_value)
        )
    GROUP BY directed.target_id, directed.milestone_id
),

judged AS (
    SELECT
        *,
        coalesce(report_within, report_before, report_after) AS report
    FROM measured
)

SELECT
    -- keys
    judged.target_id,
    judged.milestone_id,
    target.commitment_id,
    target.document_id,
    target.region_code,
    target.indicator_id,
    judged.report.report_id AS report_id,
    -- facts
    region.name_zh AS region,
    target.plan_year,
    target.indicator,
    judged.due_on,
    judged.expected_value,
    judged.expected_share,
    target.value AS target_value,
    target.unit,
    judged.report.as_of AS as_of,
    judged.report.value AS reported_value,
    judged.report.comparator AS reported_comparator,
    CASE
        WHEN judged.report IS NULL OR judged.expected_value IS NULL
            THEN
                CASE
                    WHEN judged.due_on > last_day.reported_until THEN 'not_due'
                    WHEN
                        said.as_of >= judged.due_on
                        AND said.as_of < coalesce(judged.next_due_on, DATE '9999-12-31')
                        THEN 'in_words'
                    ELSE 'unreported'
                END
        WHEN judged.report.value * judged.direction > judged.expected_value * judged.direction
            THEN 'ahead'
        WHEN judged.report.value * judged.direction < judged.expected_value * judged.direction
            THEN 'behind'
        WHEN judged.report.comparator = CASE judged.direction WHEN 1 THEN '<' ELSE '>' END
            THEN 'behind'
        WHEN
            judged.report.comparator = CASE judged.direction WHEN 1 THEN '>' ELSE '<' END
            OR judged.report.as_of < judged.due_on
            THEN 'ahead'
        ELSE 'on_track'
    END AS pace,
    judged.schedule_of,
    judged.schedule_target_id,
    milestone.text,
    -- provenance
    milestone.as_printed,
    milestone.figure_id,
    judged.report.figure_id AS report_figure_id
FROM judged
INNER JOIN target ON target.target_id = judged.target_id
INNER JOIN milestone ON milestone.milestone_id = judged.milestone_id
LEFT JOIN said ON said.target_id = judged.target_id
LEFT JOIN last_day ON last_day.document_id = target.document_id
LEFT JOIN region ON region.region_code = target.region_code
ORDER BY judged.target_id, judged.due_on, length(judged.milestone_id), judged.milestone_id
