-- The clause, up to a semicolon, in which each linked report's number stands, and what it claims in
-- words. A number that the sentence does not hold, or holds in two of its clauses, has no clause: a
-- claim is never put on a number that it may not be about.
WITH report AS (
    SELECT * FROM core.report
),

target AS (
    SELECT * FROM core.target
),

claim_pattern AS (
    SELECT * FROM core.claim_pattern
),

numbered AS (
    SELECT
        report.report_id,
        target.unit = '%' AND report.unit <> '%' AS is_count_on_rate,
        string_split(report.text, '；') AS clauses,
        nullif(regexp_extract(report.as_printed, '[0-9][0-9.,]*'), '') AS digits
    FROM report
    INNER JOIN target ON target.target_id = report.target_id
),

placed AS (
    SELECT
        report_id,
        is_count_on_rate,
        digits,
        list_filter(
            clauses,
            lambda clause: list_contains(regexp_extract_all(clause, '[0-9][0-9.,]*'), digits)
        ) AS clauses
    FROM numbered
    WHERE digits IS NOT NULL
),

clause AS (
    SELECT
        report_id,
        is_count_on_rate,
        clauses[1] AS clause,
        -- What stands after the number.
        substr(clauses[1], strpos(clauses[1], digits) + length(digits)) AS rest
    FROM placed
    WHERE len(clauses) = 1
),

-- One pattern for each kind, so that a clause is read once for each, however many words there are.
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
        CASE
            WHEN regexp_matches(clause.clause, pattern.exceeded) THEN 'exceeded'
            WHEN regexp_matches(clause.clause, pattern.met) THEN 'met'
            -- Between the number and the word stands only what is counted.
            WHEN
                clause.is_count_on_rate
                AND regexp_matches(
                    clause.rest, concat('^[^，、。0-9]{1,12}(', pattern.of_all, ')')
                )
                THEN 'of_all'
        END AS claim,
        pattern.not_yet
    FROM clause
    CROSS JOIN pattern
)

SELECT
    -- keys
    report_id,
    -- facts
    clause,
    CASE
        WHEN claim IS NULL OR coalesce(regexp_matches(clause, not_yet), FALSE) THEN NULL
        ELSE claim
    END AS claim
FROM claimed
