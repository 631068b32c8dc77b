"""`python -m aval` is `aval`."""

from __future__ import annotations

from aval.cli.main import main

if __name__ == "__main__":
    main()
