"""The report for an examiner: one page of HTML that needs nothing else, with its plots drawn inside."""
