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

-- One pattern for each kind, so that a clause is read four times, however many words there are.
pattern AS (
    SELECT
        string_agg(pattern, '|') FILTER (WHERE kind = 'exceeded') AS exceeded,
        string_agg(pattern, '|') FILTER (WHERE kind = 'met') AS met,
        string_agg(pattern, '|') FILTER (WHERE kind = 'not_yet') AS not_yet,
        string_agg(pattern, '|') FILTER (WHERE kind = 'of_all') AS of_all
    FROM claim_pattern
),

claimed AS (
    SELECT
        clause.report_id,
        clause.clause,
        coalesce(regexp_matches(clause.clause, pattern.exceeded), FALSE) AS says_exceeded,
        coalesce(regexp_matches(clause.clause, pattern.met), FALSE) AS says_met,
        coalesce(regexp_matches(clause.clause, pattern.not_yet), FALSE) AS says_not_yet,
        -- Between the number and the word stands only what is counted.
        coalesce(
            regexp_matches(
                clause.clause,
                concat(regexp_escape(clause.digits), '[^，、。0-9]{1,12}(', pattern.of_all, ')')
            ),
            FALSE
        ) AS says_of_all
    FROM clause
    CROSS JOIN pattern
)

SELECT
    -- keys
    report_id,
    -- facts
    clause,
    CASE
        WHEN says_not_yet THEN NULL
        WHEN says_exceeded THEN 'exceeded'
        WHEN says_met THEN 'met'
    END AS claim,
    says_of_all AND NOT says_not_yet AS is_of_all
FROM claimed
