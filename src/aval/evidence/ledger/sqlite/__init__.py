"""The ledger on SQLite, a file in its case: `migrations.py` says what it holds, `database.py` how it is opened."""
