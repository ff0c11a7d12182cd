"""From what was read to facts: the ledger, targets, shares, steps, reports, responsibilities."""
