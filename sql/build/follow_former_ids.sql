-- A signature names a fact by the identifier that it bore when it was signed. Where the fact bears
-- another one now, the signature follows, unless the new name is signed for itself.
UPDATE quality.accepted_discrepancy AS signed
SET target_id = former.fact_id
FROM quality.former_id AS former
WHERE former.former_id = signed.target_id
    AND former.document_id = signed.document_id
    AND NOT EXISTS (
        SELECT 1
        FROM quality.accepted_discrepancy AS other
        WHERE other.document_id = signed.document_id
            AND other.check_name = signed.check_name
            AND other.target_id = former.fact_id
    )
