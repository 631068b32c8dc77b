"""Proofs: that what a ledger holds is what it has always held, and who vouches for it (TRUST 0.6, decisions 25 and 26).

`merkle.py` is the tree over the entries, `leaf.py` what a leaf is, `tree.py` how a ledger keeps it; `note.py` and `checkpoint.py` are what
is signed and cosigned; `keys.py` holds the one rule for signatures, `acts.py` what organisations sign, `history.py` which key counted when.
`bundle.py` writes what `verify.py` judges; `witness.py` cosigns.
"""
