-- Any fact's id, and where a source says so: to the cell, the character and the rectangle.
-- A fact that became of one printed number is where that number is, a statement where its words are;
-- another fact without a number (a line, a step in words, a body) is where its line begins. An
-- allocation's id is target@region. A line that is held back is where it begins, with the reasons.
WITH held_line AS (
    SELECT * FROM quality.held_line
    WHERE commitment_id NOT IN (SELECT commitment_id FROM core.commitment)
),

fact AS (
    SELECT
        document_id AS fact_id,
        'document' AS fact_kind,
        document_id,
        CAST(NULL AS VARCHAR) AS commitment_id,
        CAST(NULL AS VARCHAR) AS figure_id,
        title AS as_printed
    FROM core.document
    UNION ALL
    SELECT commitment_id, 'commitment', document_id, commitment_id, NULL, as_printed
    FROM core.commitment
    UNION ALL
    SELECT target_id, 'target', document_id, commitment_id, figure_id, as_printed
    FROM core.target
    UNION ALL
    SELECT
        concat(allocation.target_id, '@', allocation.region_code),
        'allocation',
        allocation.document_id,
        target.commitment_id,
        allocation.figure_id,
        allocation.as_printed
    FROM core.allocation AS allocation
    LEFT JOIN core.target AS target ON target.target_id = allocation.target_id
    UNION ALL
    SELECT milestone_id, 'milestone', document_id, commitment_id, figure_id, as_printed
    FROM core.milestone
    UNION ALL
    SELECT report_id, 'report', document_id, commitment_id, figure_id, as_printed
    FROM core.report
    UNION ALL
    SELECT statement_id, 'statement', document_id, NULL, NULL, as_printed
    FROM core.statement
    UNION ALL
    SELECT
        concat_ws('/', commitment_id, role, position),
        'responsibility',
        document_id,
        commitment_id,
        NULL,
        as_printed
    FROM core.responsibility
    UNION ALL
    SELECT figure_id, 'figure', document_id, NULL, figure_id, as_printed
    FROM core.figure
    UNION ALL
    SELECT
        commitment_id,
        'held_line',
        document_id,
        commitment_id,
        NULL,
        concat('held back, ', reasons, '; read as ', as_read)
    FROM held_line
),

document AS (
    SELECT * FROM core.document
),

commitment AS (
    SELECT commitment_id, document_id, page, table_no, row_no FROM core.commitment
    UNION ALL
    SELECT commitment_id, document_id, page, table_no, row_no FROM held_line
),

figure AS (
    SELECT * FROM core.figure
),

place AS (
    SELECT
        figure_id AS fact_id,
        'figure' AS place_kind,
        page, table_no, row_no, col_no, char_start, char_end, x0, top, x1, bottom, rule
    FROM core.figure
    UNION ALL
    SELECT
        statement_id,
        'statement',
        page, table_no, row_no, col_no, char_start, char_end, x0, top, x1, bottom,
        concat_ws(' ', kind_rule, state_rule)
    FROM core.statement
)

SELECT
    -- keys
    fact.fact_id,
    fact.fact_kind,
    fact.document_id,
    fact.figure_id,
    -- facts
    document.file_name,
    coalesce(place.page, commitment.page) AS page,
    CASE WHEN place.fact_id IS NULL THEN commitment.table_no ELSE place.table_no END AS table_no,
    CASE WHEN place.fact_id IS NULL THEN commitment.row_no ELSE place.row_no END AS row_no,
    place.col_no,
    place.char_start,
    place.char_end,
    place.x0,
    place.top,
    place.x1,
    place.bottom,
    fact.as_printed,
    figure.as_printed AS figure_as_printed,
    place.rule,
    figure.context,
    -- provenance
    document.sha256
FROM fact
INNER JOIN document ON document.document_id = fact.document_id
LEFT JOIN figure ON figure.figure_id = fact.figure_id
LEFT JOIN place
    ON place.fact_id = coalesce(fact.figure_id, fact.fact_id)
    AND place.place_kind = CASE WHEN fact.fact_kind = 'statement' THEN 'statement' ELSE 'figure' END
-- A report's commitment may stand in another document: its place is not the report's.
LEFT JOIN commitment
    ON commitment.commitment_id = fact.commitment_id
    AND commitment.document_id = fact.document_id
