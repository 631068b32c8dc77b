"""The bounded explorer: which acts an agreement knows of, and the sequences of them that bring something about (semantics 2.12)."""
