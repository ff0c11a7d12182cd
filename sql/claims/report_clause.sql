-- The clause, up to a semicolon, in which each report's number stands, and what it claims in words.
-- A number that the sentence does not hold, or holds in two of its clauses, has no clause: a claim
-- is never put on a number that it may not be about.
WITH report AS (
    SELECT * FROM core.report
),

claim_pattern AS (
    SELECT * FROM core.claim_pattern
),

numbered AS (
    SELECT
        report.report_id,
        string_split(report.text, '；') AS clauses,
        nullif(regexp_extract(report.as_printed, '[0-9][0-9.,]*'), '') AS digits
    FROM report
),

placed AS (
    SELECT
        report_id,
        digits,
        list_filter(
            clauses,
            lambda clause: regexp_matches(
                clause, concat('(^|[^0-9.])', regexp_escape(digits), '([^0-9]|$)')
            )
        ) AS clauses
    FROM numbered
    WHERE digits IS NOT NULL
),

clause AS (
    SELECT
        report_id,
        digits,
        clauses[1] AS clause
    FROM placed
    WHERE len(clauses) = 1
),

claimed AS (
    SELECT
        clause.report_id,
        bool_or(
            claim_pattern.kind = 'exceeded' AND regexp_matches(clause.clause, claim_pattern.pattern)
        ) AS says_exceeded,
        bool_or(
            claim_pattern.kind = 'met' AND regexp_matches(clause.clause, claim_pattern.pattern)
        ) AS says_met,
        bool_or(
            claim_pattern.kind = 'not_yet' AND regexp_matches(clause.clause, claim_pattern.pattern)
        ) AS says_not_yet,
        -- Between the number and the word stands only what is counted.
        bool_or(
            claim_pattern.kind = 'of_all'
            AND regexp_matches(
                clause.clause,
                concat(regexp_escape(clause.digits), '[^，、。0-9]{1,12}(', claim_pattern.pattern, ')')
            )
        ) AS says_of_all
    FROM clause
    CROSS JOIN claim_pattern
    GROUP BY clause.report_id
)

SELECT
    -- keys
    clause.report_id,
    -- facts
    clause.clause,
    CASE
        WHEN claimed.says_not_yet THEN NULL
        WHEN claimed.says_exceeded THEN 'exceeded'
        WHEN claimed.says_met THEN 'met'
    END AS claim,
    coalesce(claimed.says_of_all AND NOT claimed.says_not_yet, FALSE) AS is_of_all
FROM clause
LEFT JOIN claimed ON claimed.report_id = clause.report_id
