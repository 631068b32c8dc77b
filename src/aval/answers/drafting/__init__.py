"""Would this draft work? Each check of a draft is a file, with its code and the example that shows what it finds (semantics 2.12)."""
