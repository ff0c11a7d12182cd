-- A report is in the unit of the target it is linked to, or in one of the same dimension (13 家 for
-- 13 个). A percentage reported on a counted target says which share of it is done; a count reported
-- on a promised rate says how many make up the rate. Neither is a quantity of the other's.
WITH report AS (
    SELECT * FROM core.report
),

target AS (
    SELECT * FROM core.target
),

unit AS (
    SELECT * FROM core.unit
),

claim AS (
    SELECT
        report.report_id,
        report.document_id,
        report.value AS reported_value,
        report.unit AS reported_unit,
        target.target_id,
        target.commitment_id,
        target.unit AS target_unit,
        reported.dimension AS reported_dimension,
        promised.dimension AS target_dimension
    FROM report
    INNER JOIN target ON target.target_id = report.target_id
    LEFT JOIN unit AS reported ON reported.unit = report.unit
    LEFT JOIN unit AS promised ON promised.unit = target.unit
)

SELECT
    -- keys
    'report_unit' AS check_name,
    report_id AS subject_id,
    document_id,
    commitment_id,
    target_id,
    -- facts
    CAST(NULL AS DECIMAL(20, 4)) AS expected,
    CAST(NULL AS DECIMAL(20, 4)) AS actual,
    CAST(NULL AS DATE) AS expected_on,
    CAST(NULL AS DATE) AS actual_on,
    reported_unit AS unit,
    CASE
        WHEN reported_value IS NULL OR reported_unit IS NULL OR target_unit IS NULL
            THEN 'not_applicable'
        WHEN reported_unit = target_unit THEN 'agrees'
        WHEN reported_unit = '%' OR target_unit = '%' THEN 'not_applicable'
        WHEN reported_dimension = target_dimension THEN 'agrees'
        ELSE 'disagrees'
    END AS status,
    CASE
        WHEN reported_value IS NULL OR reported_unit IS NULL OR target_unit IS NULL
            THEN 'one of the two has no unit'
        WHEN reported_unit = target_unit THEN 'same unit'
        WHEN reported_unit = '%' THEN 'a share of the target, not a quantity'
        WHEN target_unit = '%' THEN 'a count on a promised rate'
        WHEN reported_dimension = target_dimension
            THEN concat('same dimension: ', reported_unit, ' for ', target_unit)
        ELSE concat('reported in ', reported_unit, ', promised in ', target_unit)
    END AS reason
FROM claim
