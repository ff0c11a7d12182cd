-- A carried-over document may hold joins to facts that its counterpart no longer has: those joins
-- end, and the report itself stays.
UPDATE core.report
SET
    target_id = CASE
        WHEN target_id IN (SELECT target_id FROM core.target) THEN target_id
    END,
    commitment_id = CASE
        WHEN commitment_id IN (SELECT commitment_id FROM core.commitment) THEN commitment_id
    END
WHERE
    (target_id IS NOT NULL AND target_id NOT IN (SELECT target_id FROM core.target))
    OR (
        commitment_id IS NOT NULL
        AND commitment_id NOT IN (SELECT commitment_id FROM core.commitment)
    )
