"""The command line: options in, one question to the workspace, one page out. No rules of its own."""
