-- Which promises were passed by the most, and so may have asked for little?
WITH attainment AS (
    SELECT * FROM marts.attainment
)

SELECT
    -- keys
    target_id,
    -- facts
    indicator,
    target_value,
    unit,
    reported_value,
    reported_printed_unit,
    attainment,
    basis,
    as_of
FROM attainment
WHERE status = 'exceeded'
    AND attainment >= 2
ORDER BY attainment DESC, target_id
