-- The run is over. It is `held` where a person has something to do: a document that is not published in
-- its newest version, or a critical failure that nothing could be held back for.
UPDATE quality.run
SET
    finished = CAST($finished AS TIMESTAMPTZ),
    published = $published,
    outcome = CASE
        WHEN NOT $published THEN 'failed'
        WHEN EXISTS (SELECT 1 FROM core.document WHERE status <> 'published') THEN 'held'
        WHEN EXISTS (
            SELECT 1
            FROM quality.check_result
            WHERE is_current AND NOT success AND severity = 'critical'
        ) THEN 'held'
        ELSE 'published'
    END
WHERE run_id = $run_id
