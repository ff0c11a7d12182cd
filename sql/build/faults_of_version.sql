-- How many results of checks a version has of its own build, and how many of them forbid to publish it.
SELECT
    count(*) AS checked,
    count(*) FILTER (
        WHERE NOT success AND severity = 'critical' AND document_id IS NULL
    ) AS faults
FROM quality.check_result
WHERE is_current AND build_id = $build_id
