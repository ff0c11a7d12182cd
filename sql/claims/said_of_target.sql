-- What was last said in words of the progress of each target, and how far it is by these words.
--
-- Of a target are the statements of its own and those of its whole line. A cell is as new as the
-- newest day that it names: its sentences stay together. What another region says is not of it.
--
-- What is said of a target by itself goes before what is said of the whole line. Of several sentences
-- any that is late makes it late; those at different stages together are under way.
WITH statement AS (
    SELECT * FROM core.statement
),

document AS (
    SELECT * FROM core.document
),

target AS (
    SELECT * FROM core.target
),

said AS (
    SELECT
        target.target_id,
        statement.document_id,
        statement.table_no,
        statement.row_no,
        statement.col_no,
        statement.char_start,
        statement.text,
        statement.state,
        statement.is_of_all,
        statement.target_id IS NOT NULL AS is_own,
        coalesce(statement.as_of, document.as_of) AS day
    FROM statement
    INNER JOIN document ON document.document_id = statement.document_id
    INNER JOIN target
        ON target.commitment_id = statement.commitment_id
        AND coalesce(target.target_id = statement.target_id, TRUE)
        AND coalesce(target.region_code = statement.region_code, TRUE)
    WHERE statement.kind = 'progress'
),

dated AS (
    SELECT
        *,
        CASE
            WHEN table_no IS NULL THEN day
            ELSE max(day) OVER (PARTITION BY target_id, document_id, table_no, row_no, col_no)
        END AS cell_day
    FROM said
),

latest AS (
    SELECT
        *,
        bool_or(is_own AND state IS NOT NULL) OVER (PARTITION BY target_id) AS has_own_state
    FROM dated
    QUALIFY rank() OVER (PARTITION BY target_id ORDER BY cell_day DESC NULLS LAST) = 1
),

counted AS (
    SELECT
        target_id,
        max(cell_day) AS as_of,
        string_agg(text, '；' ORDER BY document_id, table_no, row_no, col_no, char_start) AS words,
        bool_or(is_of_all) AS is_of_all,
        list(DISTINCT state) FILTER (WHERE state IS NOT NULL AND (is_own OR NOT has_own_state))
            AS states
    FROM latest
    GROUP BY target_id
)

SELECT
    -- keys
    target_id,
    -- facts
    as_of,
    words,
    is_of_all,
    CASE
        WHEN states IS NULL THEN NULL
        WHEN list_contains(states, 'delayed') THEN 'delayed'
        WHEN len(states) = 1 THEN states[1]
        WHEN len(list_filter(states, s -> s NOT IN ('not_started', 'preparing'))) = 0
            THEN 'preparing'
        WHEN len(list_filter(states, s -> s NOT IN ('completed', 'accepted'))) = 0
            THEN 'completed'
        ELSE 'under_way'
    END AS state
FROM counted
ORDER BY target_id
