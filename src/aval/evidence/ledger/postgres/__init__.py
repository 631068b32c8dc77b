"""The ledger on PostgreSQL: `migrations.py` says what it holds, `session.py` how a role gets in, `database.py` asks, `owner.py` makes it.

Nothing here is loaded unless a case says that its ledger is on a server.
"""
