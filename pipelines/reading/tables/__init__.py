"""Tables: columns by role, lines, and the layouts that a table may have."""
