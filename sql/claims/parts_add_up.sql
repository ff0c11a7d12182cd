-- The targets that are parts of a total in their line's text add up to it (90 = 30 + 20 + 40).
WITH target AS (
    SELECT * FROM core.target
),

figure AS (
    SELECT * FROM core.figure
),

unit_conversion AS (
    SELECT * FROM core.unit_conversion
),

part AS (
    SELECT
        target.headline_figure_id,
        target.document_id,
        target.commitment_id,
        target.target_id,
        target.unit,
        CASE
            WHEN
                target.unit IS NOT DISTINCT FROM figure.unit
                OR target.unit IS NULL
                OR figure.unit IS NULL
                THEN target.value
            ELSE round(target.value * unit_conversion.factor, 4)
        END::DECIMAL(20, 4) AS value
    FROM target
    INNER JOIN figure ON figure.figure_id = target.headline_figure_id
    LEFT JOIN unit_conversion
        ON unit_conversion.from_unit = target.unit
        AND unit_conversion.to_unit = figure.unit
),

total AS (
    SELECT
        headline_figure_id,
        document_id,
        min(commitment_id) AS commitment_id,
        count(*) AS parts,
        count(*) FILTER (WHERE value IS NULL) AS strangers,
        sum(value) AS value
    FROM part
    GROUP BY headline_figure_id, document_id
)

SELECT
    -- keys
    'parts_add_up' AS check_name,
    total.headline_figure_id AS subject_id,
    total.document_id,
    total.commitment_id,
    headline.target_id,
    -- facts
    figure.value AS expected,
    CAST(CASE WHEN total.strangers = 0 THEN total.value END AS DECIMAL(20, 4)) AS actual,
    CAST(NULL AS DATE) AS expected_on,
    CAST(NULL AS DATE) AS actual_on,
    figure.unit,
    CASE
        WHEN total.strangers > 0 OR figure.value IS NULL THEN 'not_applicable'
        WHEN figure.value = total.value THEN 'agrees'
        ELSE 'disagrees'
    END AS status,
    CASE
        WHEN total.strangers > 0 THEN concat(total.strangers, ' parts have no number in this unit')
        WHEN figure.value IS NULL THEN 'the total is not a quantity'
        ELSE concat('sum of ', total.parts, ' parts, total printed as ', figure.as_printed)
    END AS reason
FROM total
INNER JOIN figure ON figure.figure_id = total.headline_figure_id
-- The total may itself be a target of the line.
LEFT JOIN (
    SELECT figure_id, min(target_id) AS target_id FROM target GROUP BY figure_id
) AS headline ON headline.figure_id = total.headline_figure_id
