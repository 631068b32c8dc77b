"""The version of Aval. Every answer names it, since an answer is a function of the engine too (semantics 2.10)."""

from __future__ import annotations

__version__ = "0.1.0"
