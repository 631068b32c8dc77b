"""How each kind of declaration is derived and explained, one file each."""
