"""The engine: from agreements, live statements and a view to columns of values, with the reason of each (semantics 2)."""
