"""Finding listings: an index that each process keeps in memory, and what a visitor may mean by what they typed.

`live.current()` hands out the index, caught up with the database; `engine.ask` answers a question with facets,
`suggest.suggest` while typing. Both engines find alike, for neither does the matching.
"""
