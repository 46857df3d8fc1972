"""What is owed to an authority: which reports, by when, made from decisions and the ledger; the evidence for each.

Pure: what is told comes from records, entries and filings that are given. Rules and fields stand in `data/filings.yml`
and `data/deadlines.yml`.
"""
