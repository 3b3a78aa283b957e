"""The voter's pages: what is open for me, the ballot, the roll, the result, an appeal."""
