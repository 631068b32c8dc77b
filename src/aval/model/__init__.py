"""The vocabulary: frozen values that every stage speaks. Knows only the standard library and numpy."""
