-- What is late? Steps that a later report had still not reached, and steps that the plan itself puts
-- after the due date of their commitment.
WITH milestone_schedule AS (
    SELECT * FROM marts.milestone_schedule
),

reconciliation AS (
    SELECT * FROM marts.reconciliation
),

source AS (
    SELECT * FROM marts.source
),

late AS (
    SELECT
        'behind its step' AS what,
        milestone_id,
        due_on,
        as_of AS found_on,
        expected_value AS expected,
        reported_value AS found,
        unit
    FROM milestone_schedule
    WHERE pace = 'behind'
    UNION ALL
    SELECT
        'planned after its own due date',
        subject_id,
        expected_on,
        actual_on,
        expected,
        actual,
        unit
    FROM reconciliation
    WHERE check_name = 'milestones_before_due'
        AND status <> 'agrees'
        AND status <> 'not_applicable'
)

SELECT
    -- keys
    late.milestone_id,
    -- facts
    late.what,
    late.due_on,
    late.found_on,
    late.expected,
    late.found,
    late.unit,
    -- provenance
    source.file_name,
    source.page,
    source.as_printed
FROM late
LEFT JOIN source
    ON source.fact_id = late.milestone_id
    AND source.fact_kind = 'milestone'
ORDER BY late.what, late.milestone_id
