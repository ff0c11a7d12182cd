-- What an article says of a target or line that is not in this file: the words stay, the join ends.
-- The line goes with the target, or what was said of one target would be of the whole line.
UPDATE core.statement
SET target_id = NULL, commitment_id = NULL
WHERE
    (target_id IS NOT NULL AND target_id NOT IN (SELECT target_id FROM core.target))
    OR (
        commitment_id IS NOT NULL
        AND commitment_id NOT IN (SELECT commitment_id FROM core.commitment)
    )
