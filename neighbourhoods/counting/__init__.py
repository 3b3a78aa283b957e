"""Counting votes. Pure Python: no database, no Django, nothing of ours, so that anybody can count again.

`python -m neighbourhoods.counting check FILE` does it with what a site publishes. docs/counting.md tells the methods,
the rules with their sources, and the format of the paper.

What comes out, the sheet, has these names, whatever the method:

* `format`, `version` (of the rules of this code), `method`, `input_hash` (SHA-256 of the paper).
* `roll_size`, `channels` (how many are marked on the roll as having voted, by channel), `marked` (their sum), `cast`
  (the ballots), and of these `valid`, `blank` and `invalid`.
* `seats`; `quota` (STV only, a whole number); `median` (MEDIAN only: `present`, `adds_present`, `middle`).
* `options`, in the order of the paper.
  YES_NO: `option`, `yes`, `no`, `blank`, `is_adopted`.
  APPROVAL: `option`, `approvals`, `is_withdrawn`, `is_guarded`, `is_elected`.
  STV: `option`, `first` (first preferences), `is_guarded`, `is_elected`, `status` (elected, excluded, standing,
  withdrawn), `stage` (at which it was elected or excluded, else null), `votes` (at the end; null when withdrawn).
  MEDIAN: `amount` and `votes` of each amount that was chosen, the lowest first.
* `rounds`, STV only, one for each stage: `stage` (from 1), `action` (first, surplus, exclusion), `of` (whose papers
  moved; null at first), `votes` (of each option that was not withdrawn, at the end of the stage), `non_transferable`,
  `quota`, `elected` (at this stage, in order), `without_quota` (those of them who got the last seats),
  `tie` (null, or how one was settled for `of`: `between`, `by` stage or draw, `stage`, `chosen`).
* `quorums`: `turnout` (`cast`, `roll`, `quorum`, `needed`, `is_reached`) and `options`, for each option `approval`
  (`votes`, `roll`, `quorum`, `needed`, `is_reached`; APPROVAL and YES_NO) and `majority` (`votes`, `of`, `majority`,
  `is_strict`, `needed`, `is_reached`; YES_NO). `needed` is the smallest number of votes that would do.
* `draws`, each: `stage`, `purpose` (exclude, transfer, elect), `between`, `hashes`, `order` (lowest hash first) and
  `chosen`.
* `outcome`: `has_quorum`, and `elected` (STV, APPROVAL), `adopted` (YES_NO) or `amount` (MEDIAN).

Votes in `rounds` and `options` of STV are two texts: `exact` ("12 3/7"; when the fraction gets too long to read, thirty
decimals behind the sign ≈) and `rounded` ("12.43"). The count itself is always exact.
"""

from neighbourhoods.counting.canon import canonical, input_hash
from neighbourhoods.counting.choices import BadChoice, check_choice
from neighbourhoods.counting.methods import INVALID, Method
from neighbourhoods.counting.paper import FORMAT, BadPaper
from neighbourhoods.counting.sheet import RESULT, VERSION, count

__all__ = [
    "FORMAT",
    "INVALID",
    "RESULT",
    "VERSION",
    "BadChoice",
    "BadPaper",
    "Method",
    "canonical",
    "check_choice",
    "count",
    "input_hash",
]
