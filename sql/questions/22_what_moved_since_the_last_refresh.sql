-- What moved between the version published before and this one?
-- Empty after the first refresh, and after one of the same documents. For the facts themselves, with
-- both values and both sources, read marts.change.
WITH change AS (
    SELECT * FROM marts.change
)

SELECT
    -- facts
    coalesce(current_document_id, previous_document_id) AS document_id,
    fact_kind,
    change,
    column_name,
    count(*) AS facts,
    min(fact_id) AS for_example
FROM change
GROUP BY ALL
ORDER BY ALL
