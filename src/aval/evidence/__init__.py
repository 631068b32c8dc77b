"""Evidence: a case folder read safely, its statements strictly, kept in a store, and filtered to what is live in a view."""
