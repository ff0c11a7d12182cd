-- Where do the numbers behind a finding stand? Here: the shares of each target that do not add up to
-- it, to the page, the cell and the rectangle in points.
-- For any other fact, put its id into a condition on marts.source.
WITH reconciliation AS (
    SELECT * FROM marts.reconciliation
),

source AS (
    SELECT * FROM marts.source
),

fact AS (
    SELECT
        reconciliation.target_id,
        source.fact_id
    FROM reconciliation
    INNER JOIN source
        ON source.fact_id = reconciliation.target_id
        OR starts_with(source.fact_id, concat(reconciliation.target_id, '@'))
    WHERE reconciliation.check_name = 'shares_add_up'
        AND reconciliation.status IN ('accepted', 'disagrees')
        AND source.fact_kind IN ('target', 'allocation')
)

SELECT
    -- keys
    source.fact_id,
    -- facts
    source.file_name,
    source.page,
    source.table_no,
    source.row_no,
    source.col_no,
    round(source.x0, 1) AS x0,
    round(source.top, 1) AS top,
    round(source.x1, 1) AS x1,
    round(source.bottom, 1) AS bottom,
    source.as_printed
FROM fact
INNER JOIN source ON source.fact_id = fact.fact_id
WHERE source.fact_kind IN ('target', 'allocation')
ORDER BY fact.target_id, source.col_no, source.fact_id
