"""Where the case that ships with Aval lies: inside the installed package, or in the checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from aval.model.case import MANIFEST


def demo_path() -> Path:
    """Give the folder of the Paris case. Raises `FileNotFoundError` where the installation lacks it."""
    installed = Path(str(files("aval"))) / "cases" / "paris"
    checkout = Path(__file__).resolve().parents[3] / "cases" / "paris"
    for place in (installed, checkout):
        if (place / MANIFEST).is_file():
            return place
    raise FileNotFoundError(installed)
