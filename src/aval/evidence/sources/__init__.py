"""The originals of sources: kept sealed on this machine, cleaned for reading, and searched for the quotes that rest on them (DESIGN 5)."""
