-- Every arithmetic claim of the sources, checked; a disagreement that a person signed, with the very
-- numbers that are found, is accepted.
WITH claim AS (
    SELECT * FROM claims.shares_add_up
    UNION ALL BY NAME
    SELECT * FROM claims.parts_add_up
    UNION ALL BY NAME
    SELECT * FROM claims.milestones_monotone
    UNION ALL BY NAME
    SELECT * FROM claims.milestones_within_target
    UNION ALL BY NAME
    SELECT * FROM claims.milestones_end_on_target
    UNION ALL BY NAME
    SELECT * FROM claims.milestones_before_due
    UNION ALL BY NAME
    SELECT * FROM claims.report_unit
    UNION ALL BY NAME
    SELECT * FROM claims.report_date
    UNION ALL BY NAME
    SELECT * FROM claims.report_parts_add_up
    UNION ALL BY NAME
    SELECT * FROM claims.claimed_completion
    UNION ALL BY NAME
    SELECT * FROM claims.quoted_goal
),

accepted AS (
    SELECT * FROM quality.accepted_discrepancy
),

judged AS (
    SELECT
        claim.*,
        accepted.reason AS signed_reason,
        accepted.signed_on,
        accepted.signed_by,
        accepted.document_id IS NOT NULL AS is_signed,
        accepted.expected = claim.expected AND accepted.actual = claim.actual AS has_same_numbers
    FROM claim
    LEFT JOIN accepted
        ON accepted.document_id = claim.document_id
        AND accepted.target_id = claim.subject_id
        AND accepted.check_name = claim.check_name
)

SELECT
    -- keys
    check_name,
    subject_id,
    target_id,
    commitment_id,
    document_id,
    -- facts
    expected,
    actual,
    CAST(actual - expected AS DECIMAL(20, 4)) AS difference,
    expected_on,
    actual_on,
    unit,
    CASE
        WHEN status = 'disagrees' AND is_signed AND has_same_numbers THEN 'accepted'
        ELSE status
    END AS status,
    CASE
        WHEN status = 'disagrees' AND is_signed AND has_same_numbers THEN signed_reason
        WHEN status = 'disagrees' AND is_signed
            THEN concat(reason, '; the signature names other numbers')
        ELSE reason
    END AS reason,
    -- provenance
    CASE WHEN status = 'disagrees' AND has_same_numbers THEN signed_on END AS signed_on,
    CASE WHEN status = 'disagrees' AND has_same_numbers THEN signed_by END AS signed_by
FROM judged
ORDER BY document_id, check_name, length(subject_id), subject_id
