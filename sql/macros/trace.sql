-- Where a fact is printed. An id that the fact bore in an earlier version finds it too.
WITH source AS (
    SELECT * FROM marts.source
),

former AS (
    SELECT * FROM quality.former_id
)

SELECT
    -- keys
    source.fact_id,
    source.fact_kind,
    source.document_id,
    source.figure_id,
    -- facts
    source.as_printed,
    source.figure_as_printed,
    source.rule,
    source.context,
    -- provenance
    source.file_name,
    source.page,
    source.table_no,
    source.row_no,
    source.col_no,
    source.char_start,
    source.char_end,
    source.x0,
    source.top,
    source.x1,
    source.bottom,
    source.sha256
FROM source
WHERE source.fact_id = wanted
    OR source.fact_id IN (SELECT former.fact_id FROM former WHERE former.former_id = wanted)
