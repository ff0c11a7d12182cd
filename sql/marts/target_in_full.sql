-- One row a target with all that belongs to it in words and numbers, for whoever filters and sorts in
-- a spreadsheet: nothing has to be looked up in another table. Several bodies or officials stand in one
-- cell, in the order of the source. Verdicts are those of marts.attainment and marts.reconciliation.
WITH attainment AS (
    SELECT * FROM marts.attainment
),

target AS (
    SELECT * FROM core.target
),

commitment AS (
    SELECT * FROM core.commitment
),

document AS (
    SELECT * FROM core.document
),

region AS (
    SELECT * FROM core.region
),

indicator AS (
    SELECT * FROM core.indicator
),

responsibility AS (
    SELECT * FROM core.responsibility
),

allocation AS (
    SELECT * FROM core.allocation
),

milestone AS (
    SELECT * FROM core.milestone
),

reconciliation AS (
    SELECT * FROM marts.reconciliation
),

source AS (
    SELECT * FROM marts.source
),

-- A role that is for one target alone is that target's; all others are of the whole line.
answers AS (
    SELECT
        target.target_id,
        string_agg(coalesce(responsibility.organization, responsibility.as_printed), '、' ORDER BY responsibility.position)
            FILTER (WHERE responsibility.role = 'lead') AS lead_bodies,
        string_agg(coalesce(responsibility.organization, responsibility.as_printed), '、' ORDER BY responsibility.position)
            FILTER (WHERE responsibility.role = 'support') AS support_bodies,
        string_agg(coalesce(responsibility.person, responsibility.as_printed), '、' ORDER BY responsibility.role, responsibility.position)
            FILTER (WHERE responsibility.role NOT IN ('lead', 'support')) AS officials
    FROM target
    INNER JOIN responsibility
        ON responsibility.commitment_id = target.commitment_id
        AND coalesce(responsibility.target_id, target.target_id) = target.target_id
    GROUP BY target.target_id
),

share_count AS (
    SELECT target_id, count(*) AS shares, sum(value) AS shared FROM allocation GROUP BY target_id
),

step_count AS (
    SELECT target_id, count(*) AS steps, max(due_on) AS last_step_on
    FROM milestone
    GROUP BY target_id
),

-- The worst of what was found about the target: what disagrees must not hide behind what agrees.
arithmetic AS (
    SELECT
        target_id,
        CASE
            WHEN bool_or(status = 'disagrees') THEN 'disagrees'
            WHEN bool_or(status = 'accepted') THEN 'accepted'
            WHEN bool_or(status = 'agrees') THEN 'agrees'
        END AS arithmetic
    FROM reconciliation
    WHERE target_id IS NOT NULL
    GROUP BY target_id
)

SELECT
    -- keys
    attainment.target_id,
    attainment.commitment_id,
    attainment.document_id,
    attainment.region_code,
    -- facts
    attainment.region,
    parent.name_zh AS parent_region,
    region.level,
    attainment.plan_year,
    document.title AS document_title,
    document.kind AS document_kind,
    document.publisher,
    commitment.item_no,
    commitment.category,
    commitment.title AS commitment,
    attainment.indicator,
    indicator.name_zh AS indicator_name,
    indicator.name_en AS indicator_name_en,
    indicator.theme,
    attainment.comparator,
    attainment.target_value,
    target.upper_value,
    attainment.unit,
    attainment.due_on,
    answers.lead_bodies,
    answers.support_bodies,
    answers.officials,
    CAST(coalesce(share_count.shares, 0) AS INTEGER) AS shares,
    CAST(share_count.shared AS DECIMAL(20, 4)) AS shares_total,
    CAST(coalesce(step_count.steps, 0) AS INTEGER) AS steps,
    step_count.last_step_on,
    arithmetic.arithmetic,
    attainment.reported_comparator,
    attainment.reported_value,
    attainment.reported_printed_value,
    attainment.reported_printed_unit,
    attainment.as_of,
    attainment.attainment,
    attainment.status,
    report_document.title AS report_title,
    -- provenance
    document.file_name,
    source.page,
    source.table_no,
    source.row_no,
    source.col_no,
    attainment.as_printed,
    report_document.file_name AS report_file_name,
    report_source.page AS report_page,
    attainment.report_as_printed
FROM attainment
INNER JOIN target ON target.target_id = attainment.target_id
LEFT JOIN commitment ON commitment.commitment_id = attainment.commitment_id
LEFT JOIN document ON document.document_id = attainment.document_id
LEFT JOIN region ON region.region_code = attainment.region_code
LEFT JOIN region AS parent ON parent.region_code = region.parent_code
LEFT JOIN indicator ON indicator.indicator_id = attainment.indicator_id
LEFT JOIN answers ON answers.target_id = attainment.target_id
LEFT JOIN share_count ON share_count.target_id = attainment.target_id
LEFT JOIN step_count ON step_count.target_id = attainment.target_id
LEFT JOIN arithmetic ON arithmetic.target_id = attainment.target_id
LEFT JOIN document AS report_document
    ON report_document.document_id = attainment.report_document_id
LEFT JOIN source
    ON source.fact_id = attainment.target_id AND source.fact_kind = 'target'
LEFT JOIN source AS report_source
    ON report_source.fact_id = attainment.report_id AND report_source.fact_kind = 'report'
ORDER BY attainment.document_id, length(attainment.target_id), attainment.target_id
