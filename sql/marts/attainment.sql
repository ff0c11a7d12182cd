-- Each target beside the latest figure reported for it.
--
-- The verdict is that of claims.comparable_report, which reads both comparators, units and scope.
-- Below target, a progress report from before the due date (or, without one, the end of the plan
-- year) means in progress, anything else short. A figure that is only the least of the whole (a part,
-- one month, one region) is shown as >= and gives no ratio; unless it reaches the target by itself,
-- it leaves the target in progress before the due date, and cannot be judged after it. A goal that
-- only a report names counts where no plan of the place and year promises it.
--
-- The state is that of the words. Words of a part complete no target that counts several: they leave
-- it under way, unless they call the whole task done or the figure meets the target.
WITH target AS (
    SELECT *
    FROM core.target
    WHERE target_id NOT IN (SELECT target_id FROM claims.superseded_quote)
),

commitment AS (
    SELECT * FROM core.commitment
),

region AS (
    SELECT * FROM core.region
),

report AS (
    SELECT * FROM claims.comparable_report
),

said AS (
    SELECT * FROM claims.said_of_target
),

-- Figures of a line that are for none of its targets: work towards them, or another thing.
loose_figure AS (
    SELECT commitment_id, count(*) AS figures
    FROM core.report
    WHERE target_id IS NULL AND commitment_id IS NOT NULL
    GROUP BY commitment_id
),

-- The latest date wins; on one date a comparable figure before others, a total before its parts.
latest_report AS (
    SELECT *
    FROM report
    QUALIFY row_number() OVER (
        PARTITION BY target_id
        ORDER BY
            (printed_value IS NULL),
            (basis = 'not_comparable'),
            (scope <> 'whole' AND verdict IS NULL),
            as_of DESC NULLS LAST,
            (scope <> 'whole'),
            (basis = 'completion_rate'),
            value DESC NULLS LAST,
            report_id
    ) = 1
),

report_count AS (
    SELECT target_id, count(*) AS reports FROM report GROUP BY target_id
),

compared AS (
    SELECT
        target.*,
        coalesce(commitment.due_on, make_date(target.plan_year, 12, 31)) AS due_on,
        latest_report.report_id,
        latest_report.document_id AS report_document_id,
        latest_report.figure_id AS report_figure_id,
        latest_report.as_printed AS report_as_printed,
        latest_report.as_of,
        latest_report.value AS reported_value,
        latest_report.comparator AS reported_comparator,
        latest_report.basis,
        latest_report.scope,
        latest_report.verdict,
        latest_report.printed_value,
        latest_report.printed_unit,
        coalesce(report_count.reports, 0) AS reports,
        said.words AS last_words,
        said.as_of AS said_as_of,
        said.state AS said_state,
        coalesce(said.is_of_all, FALSE) AS is_said_of_all,
        loose_figure.figures IS NOT NULL AS has_loose_figures,
        latest_report.document_kind = 'progress_report'
        AND coalesce(
            latest_report.as_of < coalesce(commitment.due_on, make_date(target.plan_year, 12, 31)),
            TRUE
        ) AS is_under_way
    FROM target
    LEFT JOIN commitment ON commitment.commitment_id = target.commitment_id
    LEFT JOIN latest_report ON latest_report.target_id = target.target_id
    LEFT JOIN report_count ON report_count.target_id = target.target_id
    LEFT JOIN said ON said.target_id = target.target_id
    LEFT JOIN loose_figure ON loose_figure.commitment_id = target.commitment_id
),

judged AS (
    SELECT
        *,
        CASE
            WHEN verdict = 'short' AND is_under_way THEN 'in_progress'
            WHEN verdict IS NOT NULL THEN verdict
            WHEN reported_value IS NOT NULL AND is_under_way THEN 'in_progress'
            WHEN report_id IS NOT NULL THEN 'cannot_be_judged'
            WHEN last_words IS NOT NULL THEN 'in_words'
            ELSE 'unreported'
        END AS status
    FROM compared
)

SELECT
    -- keys
    judged.target_id,
    judged.commitment_id,
    judged.document_id,
    judged.region_code,
    judged.indicator_id,
    judged.report_id,
    -- facts
    region.name_zh AS region,
    judged.plan_year,
    judged.indicator,
    judged.value AS target_value,
    judged.unit,
    judged.comparator,
    judged.due_on,
    judged.reported_value,
    judged.reported_comparator,
    judged.printed_value AS reported_printed_value,
    judged.printed_unit AS reported_printed_unit,
    coalesce(judged.as_of, judged.said_as_of) AS as_of,
    CAST(
        CASE
            WHEN judged.scope = 'whole'
                THEN
                    CAST(judged.reported_value AS DOUBLE)
                    / nullif(CAST(judged.value AS DOUBLE), 0)
        END AS DECIMAL(20, 6)
    ) AS attainment,
    judged.status,
    CASE judged.status
        WHEN 'cannot_be_judged' THEN
            CASE
                WHEN judged.value IS NULL THEN 'the promise has no figure'
                WHEN judged.printed_value IS NULL THEN 'the report has no figure'
                WHEN judged.scope = 'elsewhere' THEN 'the report speaks of another region'
                WHEN judged.scope <> 'whole'
                    THEN
                        concat(
                            'only a figure of ',
                            CASE judged.scope
                                WHEN 'part' THEN 'a part'
                                WHEN 'one_period' THEN 'one month or quarter'
                                ELSE 'one region'
                            END,
                            ' is reported'
                        )
                ELSE
                    concat(
                        'no unit in common: promised in ',
                        coalesce(judged.unit, 'none'),
                        ', reported in ',
                        coalesce(judged.printed_unit, 'none')
                    )
            END
        WHEN 'in_words' THEN
            concat(
                'no figure of it is reported, only words',
                CASE WHEN judged.has_loose_figures THEN ' and figures of other things' END
            )
        WHEN 'unreported' THEN 'nothing is said of it'
    END AS status_reason,
    CASE
        WHEN
            judged.said_state IN ('completed', 'accepted')
            AND judged.value > 1
            AND NOT judged.is_said_of_all
            AND judged.status NOT IN ('met', 'exceeded')
            THEN 'under_way'
        WHEN judged.said_state IN ('not_started', 'preparing') AND judged.reported_value > 0
            -- Some of it is done beside what is only prepared; where all is, the words tell of more.
            THEN CASE WHEN judged.status NOT IN ('met', 'exceeded') THEN 'under_way' END
        ELSE judged.said_state
    END AS state,
    judged.last_words,
    coalesce(judged.basis, 'no_report') AS basis,
    judged.scope,
    CAST(judged.reports AS INTEGER) AS reports,
    -- provenance
    judged.as_printed,
    judged.figure_id,
    judged.report_as_printed,
    judged.report_figure_id,
    judged.report_document_id
FROM judged
LEFT JOIN region ON region.region_code = judged.region_code
