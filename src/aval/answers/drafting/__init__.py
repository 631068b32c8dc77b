"""Findings about a draft: would it work? Each check is a file, with its code and the example that shows it (semantics 2.12)."""
