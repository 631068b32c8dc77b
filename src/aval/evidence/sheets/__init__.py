"""Statements in spreadsheets: XLSX in, XLSX and CSV out, with the columns of the CSV form and nothing that a spreadsheet would run."""
