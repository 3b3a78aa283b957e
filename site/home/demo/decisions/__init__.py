"""What the neighbourhoods of the demo decide: elections, meetings, proposals. The words of their members, in Dutch."""

from __future__ import annotations

from home.demo.decisions import molenwijk, sluiskade, zonneveld
from home.demo.decisions.kinds import Candidate, ElectionText, MeetingText, MotionText

__all__ = ["Candidate", "ElectionText", "MeetingText", "MotionText", "molenwijk", "sluiskade", "zonneveld"]
