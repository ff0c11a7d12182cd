-- What a source claims in words of a promise (超额完成, 全面完成, 完成…任务) against its own figure and
-- the promise: more than the target where it says so, the target where it says no more than done.
-- What is said of every one counted (433家均已) is the claim of a rate of 100 %.
WITH report_clause AS (
    SELECT * FROM claims.report_clause
),

comparable_report AS (
    SELECT * FROM claims.comparable_report
),

target AS (
    SELECT * FROM core.target
)

SELECT
    -- keys
    'claimed_completion' AS check_name,
    comparable_report.report_id AS subject_id,
    comparable_report.document_id,
    target.commitment_id,
    target.target_id,
    -- facts
    target.value AS expected,
    comparable_report.value AS actual,
    CAST(NULL AS DATE) AS expected_on,
    CAST(NULL AS DATE) AS actual_on,
    target.unit,
    CASE
        WHEN comparable_report.verdict IS NULL THEN 'not_applicable'
        WHEN comparable_report.verdict = 'exceeded' THEN 'agrees'
        WHEN comparable_report.verdict = 'met' AND report_clause.claim IS DISTINCT FROM 'exceeded'
            THEN 'agrees'
        WHEN
            comparable_report.verdict = 'met'
            AND target.comparator IN ('<', '<=')
            AND comparable_report.value < target.value
            THEN 'agrees'
        ELSE 'disagrees'
    END AS status,
    concat(
        CASE report_clause.claim
            WHEN 'exceeded' THEN 'claimed as more than the target: '
            WHEN 'met' THEN 'claimed as done: '
            ELSE 'claimed of every one counted: '
        END,
        report_clause.clause
    ) AS reason
FROM report_clause
INNER JOIN comparable_report ON comparable_report.report_id = report_clause.report_id
INNER JOIN target ON target.target_id = comparable_report.target_id
WHERE report_clause.claim IS NOT NULL
