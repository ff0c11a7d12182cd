-- What an article says of a line that is not in this file: the words stay, the join ends.
UPDATE core.statement
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
