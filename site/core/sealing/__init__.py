"""Sealed logs: what was written is hashed into a Merkle tree whose root is signed, so that nobody can rewrite it.

`logs` says what there is to seal, `sealer` seals it, `queries` gives checkpoints, tiles and proofs, `verifying` counts
everything anew from the database and `copies` does it from a copy. docs/proof.md tells the formats.
"""
