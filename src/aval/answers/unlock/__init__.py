"""What would it take (semantics 2.9): the smallest sets of acts that would bring something about, or end it, each of them run."""
