-- Joins of which an end is not in this file.
DELETE FROM core.link
WHERE
    (from_kind = 'report' AND from_id NOT IN (SELECT report_id FROM core.report))
    OR (from_kind = 'target' AND from_id NOT IN (SELECT target_id FROM core.target))
    OR (to_kind = 'target' AND to_id NOT IN (SELECT target_id FROM core.target))
