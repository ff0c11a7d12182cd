-- Every pair of units of which one can be turned into the other: those of one base unit by their
-- factors, those of one family (名, 人, 位) as they stand.
-- A unit that is not in core.unit converts to none but itself: whoever joins this view compares
-- the names first, so that equal units need no factor and stay exact.
WITH unit AS (
    SELECT * FROM core.unit
)

SELECT
    -- keys
    given.unit AS from_unit,
    wanted.unit AS to_unit,
    -- facts
    CASE
        WHEN wanted.base_unit = given.base_unit
            THEN CAST(given.factor AS DOUBLE) / CAST(wanted.factor AS DOUBLE)
        ELSE 1
    END AS factor
FROM unit AS given
INNER JOIN unit AS wanted
    ON wanted.dimension = given.dimension
    AND (wanted.base_unit = given.base_unit OR wanted.unit_family = given.unit_family)
WHERE given.factor > 0
    AND wanted.factor > 0
