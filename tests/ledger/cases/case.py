"""A case: a sentence that is true, and the steps that show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.ledger.steps import Step


class Case:
    def __init__(self, sentence: str, *steps: Step | Sequence[Step]) -> None:
        self.sentence = sentence
        self.steps = list(_flat(steps))

    def __repr__(self) -> str:
        return self.sentence


def _flat(steps: Sequence[Step | Sequence[Step]]) -> Iterator[Step]:
    """`fund` is two steps."""
    for step in steps:
        yield from [step] if isinstance(step, Step) else step
