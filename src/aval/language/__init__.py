"""The first stage: from the text of agreements to checked declarations, and every mistake as a `Problem`.

    Text -> markdown (blocks) -> tokens -> lalr (tables) -> nodes -> syntax -> checks -> lower -> model

`read.read_agreements` is the way in. The grammar is `aval.lark`; `tables.json` is made from it by `build_tables`.
"""
