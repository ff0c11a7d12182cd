-- Every pair of units that share a dimension and a base unit, with the factor between them.
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
    CAST(given.factor AS DOUBLE) / CAST(wanted.factor AS DOUBLE) AS factor
FROM unit AS given
INNER JOIN unit AS wanted
    ON wanted.dimension = given.dimension
    AND wanted.base_unit = given.base_unit
WHERE given.factor > 0
    AND wanted.factor > 0
