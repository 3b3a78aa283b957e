"""Why a goal was missed, by the name of the goal. The page shows a reason only while its goal is missed."""

from __future__ import annotations

REASONS = {
    "limit": (
        "The limit asks for nothing but the coins. Ours also asks for the state of both accounts, the area, the "
        "ceiling and the limits of money safety, and counts the label; the row “counts the label too” shows what that "
        "last one costs alone. The rest is Python: the site and the database share the same processors here, and a "
        "payment takes the site about as long as it takes the database. With a machine of its own for the database, "
        "or with more processors, they no longer take them from each other."
    ),
    "hordak": (
        "Both are carried by the same Python and the same processors. Ours writes the payment in one call where "
        "hordak sends some ten statements. Its lead grows with the history of an account, because hordak adds up all "
        "legs to know a balance; the accounts here are new, which is when hordak is at its quickest."
    ),
    "hot": (
        "Whoever pays a shop waits until the payment before is on the disk. What counts is how long one payment holds "
        "the shop's account; ours holds it while it asks its questions and counts the label."
    ),
    "hot-32": (
        "Those who wait for one account are woken one after the other, and each waking costs more the more there are "
        "that wait. The limit itself slows down in the same way, as the table shows. Fewer connections to the "
        "database are quicker here: four for each of its processors are enough."
    ),
    "batch": (
        "A batch judges its lines one after the other, each with those before it as booked, and writes them together. "
        "The judging is most of it, and it is one processor's work; the site prepares the lines on the other."
    ),
    "sqlite-1": "Each payment waits until it is on the disk: the disk of this machine sets the pace.",
    "sqlite-4": (
        "SQLite lets one write at a time. Four that take turns cannot do more than one alone, and handing over the "
        "turn costs a little."
    ),
    "sqlite-errors": "Somebody waited longer than the twenty seconds that SQLite is told to wait.",
    "sqlite-wait": (
        "Those who write take turns in the order in which they came. When the disk is slow for a moment, all of them "
        "wait for it."
    ),
    "balance": (
        "The database has the answer in a fraction of that (see “in the database”); the rest is Django putting the "
        "question together."
    ),
    "page": (
        "The index finds the fifty lines at once, at any depth. Most of the time goes by in Python, which makes fifty "
        "transfers and fifty accounts with the names of their holders out of them; what is left for the database "
        "stands beside it in the table."
    ),
    "growth": "The further back, the less of it is in memory: this is reading from the disk.",
    "full": (
        "Six indexes of ten million entries are deeper and no longer fit into the memory that the database keeps for "
        "itself (`shared_buffers`, left as it comes). With more of it the difference gets smaller."
    ),
    "sealing": (
        "Eight who pay without a pause leave none of the two processors free, so all that the sealer does is taken "
        "from them: some twenty microseconds a leaf. It stands back for them (nice), but what it has the database do "
        "does not. From pair to pair the figures differ by more than the goal, both ways."
    ),
    "verifying": (
        "It is one processor's work, in Python: each row is read, written out as text again, and hashed with its salt."
    ),
    "market": (
        "A page is Python's work: the frame, the twenty rows and the filters are put together anew for each visitor, "
        "on the processors that the database and the visitors use as well. What of it is the database's stands in the "
        "second table. The number of offers hardly matters, and no page is kept in a cache."
    ),
    "market-search": (
        "Beside what the page of the market takes, the database looks three times for the offers that say both words: "
        "for the numbers beside the filters, for how many were found, and for the rows. Thousands say them here."
    ),
    "market-queries": (
        "Ten are the page's own. One more asks the cache for the address of the site, and as the settings of "
        "production come, the cache is a table; with a cache in memory (`CACHE_URL`) there are ten."
    ),
}
