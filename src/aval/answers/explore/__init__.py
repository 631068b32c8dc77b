"""The bounded explorer: which acts an agreement knows of, what they could bring about, and the sequences of them that do (semantics 2.9)."""
