"""How fast the ledger is, beside what the same machine can do at best. `make bench`; nothing here is a test.

`run` starts one PostgreSQL with full durability and goes through `cases`, round after round, so that whatever else the
machine does in between falls on all of them. `driver` is the process that knows Django: it forks `clients`, each with a
connection of its own, that do one of `works` (ours, and a plain Django transfer) or `peer` (django-hordak), or `reads`.
`limit` has pgbench write the same rows with one call each. `world` fills a small ledger, `history` a large one.

`tally` counts one large vote, which needs no database. `market` asks a site that runs as on a server (`market_site`)
for pages of a market with few offers and with very many (`market_world`); `market_visits` are those who ask.

`figures` makes medians and ratios of what was measured, `goals` says what we aim at, `reasons` why one is missed, and
`page` writes docs/performance.md from the figures of the last whole run.
"""
