-- Over regions, the shares of a target add up to the target.
-- Asked of every target of a document that shares out at least one; where a target has no shares
-- (a voucher, a note in their place), or is a rate, there is nothing to add up, and the row says so.
WITH target AS (
    SELECT * FROM core.target
),

allocation AS (
    SELECT * FROM core.allocation
),

unit AS (
    SELECT * FROM core.unit
),

unit_conversion AS (
    SELECT * FROM core.unit_conversion
),

share AS (
    SELECT
        allocation.target_id,
        allocation.unit,
        CASE
            WHEN allocation.unit IS NULL OR allocation.unit IS NOT DISTINCT FROM target.unit
                THEN allocation.value
            ELSE round(allocation.value * unit_conversion.factor, 4)
        END::DECIMAL(20, 4) AS value
    FROM allocation
    INNER JOIN target ON target.target_id = allocation.target_id
    LEFT JOIN unit_conversion
        ON unit_conversion.from_unit = allocation.unit
        AND unit_conversion.to_unit = target.unit
),

total AS (
    SELECT
        target_id,
        sum(value) AS value,
        count(*) AS shares,
        min(unit) FILTER (WHERE value IS NULL) AS foreign_unit
    FROM share
    GROUP BY target_id
),

sharing_document AS (
    SELECT DISTINCT document_id FROM allocation
),

claim AS (
    SELECT
        target.*,
        total.shares,
        total.foreign_unit,
        CASE WHEN total.foreign_unit IS NULL THEN total.value END AS actual,
        coalesce(unit.dimension = 'ratio' OR target.unit = '%', FALSE) AS is_rate
    FROM target
    INNER JOIN sharing_document ON sharing_document.document_id = target.document_id
    LEFT JOIN total ON total.target_id = target.target_id
    LEFT JOIN unit ON unit.unit = target.unit
)

SELECT
    -- keys
    'shares_add_up' AS check_name,
    target_id AS subject_id,
    document_id,
    commitment_id,
    target_id,
    -- facts
    value AS expected,
    CAST(actual AS DECIMAL(20, 4)) AS actual,
    CAST(NULL AS DATE) AS expected_on,
    CAST(NULL AS DATE) AS actual_on,
    unit,
    CASE
        WHEN shares IS NULL OR is_rate THEN 'not_applicable'
        WHEN value = actual THEN 'agrees'
        ELSE 'disagrees'
    END AS status,
    CASE
        WHEN shares IS NULL THEN 'no shares are printed for this target'
        WHEN is_rate THEN 'a rate is not the sum of its shares'
        WHEN foreign_unit IS NOT NULL
            THEN concat('a share is in ', foreign_unit, ', the target in ', coalesce(unit, 'no unit'))
        WHEN value IS NULL THEN concat(shares, ' shares of a target without a number')
        ELSE concat('sum of ', shares, ' shares')
    END AS reason
FROM claim
