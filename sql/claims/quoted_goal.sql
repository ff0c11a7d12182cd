-- A goal that a report quotes beside its result (原定…70所) is the one that the plan promised.
-- It is held against the targets of the results in the same paragraph and unit: one that has its very
-- value, else that of the nearest. With no such result beside it, or no plan that it answers, it stands
-- against nothing, and the row says so.
WITH figure AS (
    SELECT * FROM core.figure
),

report AS (
    SELECT * FROM core.report
),

target AS (
    SELECT * FROM core.target
),

document AS (
    SELECT * FROM core.document
),

quoted AS (
    SELECT figure.*
    FROM figure
    INNER JOIN document ON document.document_id = figure.document_id
    LEFT JOIN target ON target.target_id = figure.fact_id
    WHERE figure.role = 'target'
        AND (figure.fact_id IS NULL OR target.origin = 'quoted')
        AND document.kind IN ('results_article', 'progress_report')
),

result AS (
    SELECT
        figure.document_id,
        figure.table_no,
        figure.row_no,
        figure.col_no,
        figure.char_start,
        figure.unit,
        target.target_id,
        target.commitment_id,
        target.value AS target_value
    FROM report
    INNER JOIN figure ON figure.figure_id = report.figure_id
    INNER JOIN target ON target.target_id = report.target_id AND target.origin = 'plan'
),

nearest AS (
    SELECT
        quoted.figure_id,
        quoted.document_id,
        quoted.value,
        quoted.unit,
        quoted.as_printed,
        result.target_id,
        result.commitment_id,
        result.target_value
    FROM quoted
    LEFT JOIN result
        ON result.document_id = quoted.document_id
        AND result.table_no IS NOT DISTINCT FROM quoted.table_no
        AND result.row_no IS NOT DISTINCT FROM quoted.row_no
        AND result.col_no IS NOT DISTINCT FROM quoted.col_no
        AND result.unit IS NOT DISTINCT FROM quoted.unit
    QUALIFY row_number() OVER (
        PARTITION BY quoted.figure_id
        ORDER BY
            (result.target_value = quoted.value) DESC NULLS LAST,
            abs(result.char_start - quoted.char_start) NULLS LAST,
            result.target_id
    ) = 1
)

SELECT
    -- keys
    'quoted_goal' AS check_name,
    figure_id AS subject_id,
    document_id,
    commitment_id,
    target_id,
    -- facts
    target_value AS expected,
    value AS actual,
    CAST(NULL AS DATE) AS expected_on,
    CAST(NULL AS DATE) AS actual_on,
    unit,
    CASE
        WHEN target_value IS NULL OR value IS NULL THEN 'not_applicable'
        WHEN target_value = value THEN 'agrees'
        ELSE 'disagrees'
    END AS status,
    CASE
        WHEN target_id IS NULL THEN concat('quoted as ', as_printed, ', beside no result in its unit on a plan''s target')
        ELSE concat('quoted as ', as_printed)
    END AS reason
FROM nearest
ORDER BY document_id, length(figure_id), figure_id
