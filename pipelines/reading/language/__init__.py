"""What words say by themselves: numbers, dates, clauses, what is counted, units apart."""
