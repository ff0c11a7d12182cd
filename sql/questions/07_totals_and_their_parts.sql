-- Do the totals that a source prints hold against the parts that it prints beside them?
-- 2130 = 2000 + 130 in a plan; 183 = 80 + 55 + 21 + 10 + 17 in a report.
WITH reconciliation AS (
    SELECT * FROM marts.reconciliation
),

target AS (
    SELECT * FROM core.target
),

report AS (
    SELECT * FROM core.report
),

part AS (
    SELECT headline_figure_id AS whole_id, value, target_id AS part_id FROM target
    UNION ALL
    SELECT part_of, value, report_id FROM report
)

SELECT
    -- keys
    reconciliation.subject_id,
    -- facts
    reconciliation.check_name,
    reconciliation.expected AS total,
    string_agg(
        printf('%g', CAST(part.value AS DOUBLE)), ' + ' ORDER BY length(part.part_id), part.part_id
    ) AS parts,
    reconciliation.actual AS sum_of_parts,
    reconciliation.unit,
    reconciliation.status
FROM reconciliation
INNER JOIN part ON part.whole_id = reconciliation.subject_id
WHERE reconciliation.check_name IN ('parts_add_up', 'report_parts_add_up')
GROUP BY ALL
ORDER BY reconciliation.check_name, reconciliation.subject_id
