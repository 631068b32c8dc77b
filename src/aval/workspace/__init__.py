"""The workspace: opens a case, wires the stages, and is the public Python API. It holds no rules of its own."""
