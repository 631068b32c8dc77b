"""Answers: pure functions from an evaluated world to plain values (DESIGN 4)."""
