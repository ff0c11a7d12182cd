-- What this version says that the one published before did not.
WITH fact_change AS (
    SELECT * FROM quality.fact_change
)

SELECT
    -- keys
    fact_id,
    fact_kind,
    change,
    -- facts
    column_name,
    previous_value,
    current_value,
    -- provenance
    previous_document_id,
    previous_figure_id,
    previous_sha256,
    current_document_id,
    current_figure_id,
    current_sha256
FROM fact_change
