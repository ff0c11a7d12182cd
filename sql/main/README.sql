-- What to read first, for whoever opens the file in any client.
WITH guide AS (
    SELECT *
    FROM (
        VALUES
        (
            1,
            'marts.target_in_full',
            'One row a target with all that belongs to it: place, promise, who leads, what was reported, where it is printed. Needs no join.',
            'FROM marts.target_in_full LIMIT 20'
        ),
        (
            2,
            'attainment(place, year)',
            'The targets of one place and year beside the latest figure reported for each; null for the year: all years.',
            'FROM attainment((SELECT min(region) FROM marts.attainment), NULL)'
        ),
        (
            3,
            'trace(id)',
            'Where any fact is printed: file, page, table, row, column, and the text to the letter.',
            'FROM trace((SELECT min(target_id) FROM core.target))'
        ),
        (
            4,
            'marts.district_scorecard',
            'Each place and year: how many promises, shares and results, and how far they got.',
            'FROM marts.district_scorecard'
        ),
        (
            5,
            'marts.reconciliation',
            'Every arithmetic claim of the sources, checked; what disagrees and was signed says by whom and why.',
            'FROM marts.reconciliation WHERE status <> ''agrees'''
        ),
        (
            6,
            'core.document',
            'The sources, and whether the newest version of each is published, held or quarantined.',
            'FROM core.document'
        ),
        (
            7,
            'quality.notice',
            'What was not understood, and the line that would teach it.',
            'FROM quality.notice'
        ),
        (
            8,
            'quality.contract',
            'What readers may rely on, version by version, and what will go.',
            'FROM quality.contract'
        ),
        (
            9,
            'comments',
            'Every table and column says what it means, in English and Chinese.',
            'SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal'
        )
    ) AS line (step, read_this, what_it_says, try_this)
)

SELECT
    -- keys
    guide.step,
    -- facts
    guide.read_this,
    guide.what_it_says,
    guide.try_this
FROM guide
ORDER BY guide.step
