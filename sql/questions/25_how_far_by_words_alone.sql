-- Of which promises is no figure reported but something said in words, and how far are they by these?
-- Words of a part complete no promise of several; what the words do not tell has no state.
WITH attainment AS (
    SELECT * FROM marts.attainment
)

SELECT
    -- keys
    attainment.target_id,
    -- facts
    attainment.region,
    attainment.plan_year,
    attainment.indicator,
    attainment.target_value,
    attainment.unit,
    attainment.state,
    attainment.as_of,
    attainment.last_words
FROM attainment
WHERE attainment.status = 'in_words'
ORDER BY
    list_position(
        [
            'stopped',
            'delayed',
            'not_started',
            'preparing',
            'under_way',
            'completed',
            'accepted'
        ],
        attainment.state
    ) NULLS FIRST,
    length(attainment.target_id),
    attainment.target_id
