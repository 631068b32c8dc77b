"""The one layout of agreements: where lines begin (`starts`), what stands between words (`spacing`), lines (`lines`), blocks (`blocks`).

Everything here works on tokens and comments, so that a new clause of the language is laid out like the old ones.
"""
