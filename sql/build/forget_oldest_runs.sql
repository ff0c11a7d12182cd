-- Runs beyond the newest, and what failed in them.
DELETE FROM quality.run
WHERE run_id NOT IN (
    SELECT run_id FROM quality.run ORDER BY run_id = $run_id DESC, started DESC, run_id DESC LIMIT $kept
);
DELETE FROM quality.check_result
WHERE NOT is_current AND run_id NOT IN (SELECT run_id FROM quality.run)
