"""The proof that the filter works, for the auditor: what it finds of damaged names, and what that costs in alerts."""
