"""The ledger: everything a case has ever held, in the order in which it was taken in, and nothing ever changed (semantics 2.1, DESIGN 5).

`migrations.py` says what it holds, `database.py` how it is opened, `ledger.py` what can be asked, `taking.py` what is written.
"""
