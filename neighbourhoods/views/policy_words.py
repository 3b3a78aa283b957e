"""A policy in plain words, for everybody who wants to know how the neighbourhood decides."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from neighbourhoods.counting import Method
from neighbourhoods.models import Decider, DecisionPolicy, Secrecy, Subject
from neighbourhoods.queries.policies import rule_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWords:
    """A subject with its rules as (question, answer)."""

    anchor: str
    title: str
    since: str
    facts: list[tuple[str, str]]


def words_of_policy(policy: DecisionPolicy) -> PolicyWords:
    """This will put a policy into words: who decides, how votes count, when a decision holds."""
    facts = [
        (_("Who decides"), _who(policy)),
        (_("Who may vote"), _roll(policy)),
        (_("How you vote"), _how(policy)),
        (_("Secret or with names"), _secrecy(policy)),
        (_("When it holds"), _when(policy)),
        (_("How long"), _windows(policy)),
        (_("Proxies"), _proxies(policy)),
    ]
    if policy.subject == Subject.CONFIRMATION:
        # An election with few candidates is an election: roll, days and proxies are those of the ELECTION policy.
        facts = [*facts[2:5], (_("All the rest"), _("As in an election with more candidates."))]
    if policy.subject == Subject.RECALL:
        facts = [(_("Who decides"), _who(policy)), (_("What it needs"), _support(policy))]
    made = date_format(localtime(policy.made_at), "j F Y")
    return PolicyWords(
        anchor=policy.subject.lower(),
        title=capfirst(policy.get_subject_display()),
        since=_("Version %(number)s, since %(day)s") % {"number": policy.version, "day": made},
        facts=[(question, answer) for question, answer in facts if answer],
    )


def _who(policy: DecisionPolicy) -> str:
    if policy.subject == Subject.RECALL:
        return _("The residents. When enough of them ask for it, a new board is elected.")
    if policy.decider == Decider.BOARD:
        return _("The board, in a meeting or in a written round.")
    return _("The residents.")


def _roll(policy: DecisionPolicy) -> str:
    rules = [rule_words(rule) for rule in policy.rules.all()]
    return " ".join(f"{capfirst(words).rstrip('.')}." for words in rules)


def _how(policy: DecisionPolicy) -> str:
    return {
        Method.YES_NO: _("You say yes or no, or you vote blank."),
        Method.APPROVAL: _("You choose everybody you agree with. Who gets most votes is elected."),
        Method.STV: _(
            "You put the candidates in your order. When your first choice has enough votes, or none left to win, "
            "your vote goes on to your next. So almost every vote counts."
        ),
        Method.MEDIAN: _("Everybody names an amount. The middle one wins."),
    }[Method(policy.method)]


def _secrecy(policy: DecisionPolicy) -> str:
    if policy.secrecy == Secrecy.RECORDED:
        return _("With names. Everybody can see who voted what.")
    return _("Secret. Nobody can see what you voted, and your vote cannot be changed any more.")


def _when(policy: DecisionPolicy) -> str:
    sentences = []
    if policy.turnout_quorum:
        sentences.append(
            _("At least %(share)s of who may vote must vote.") % {"share": share(policy.turnout_quorum)}
        )
    if policy.approval_quorum:
        sentences.append(
            _("At least %(share)s of who may vote must be in favour.")
            % {"share": share(policy.approval_quorum)}
        )
    if policy.method == Method.YES_NO:
        words = (
            _("More than %(share)s must be in favour.")
            if policy.is_strict
            else _("%(share)s must be in favour.")
        )
        sentences.append(capfirst(words % {"share": share(policy.majority)}))
        sentences.append(
            _("Blank votes count along.") if policy.blanks_count else _("Blank votes do not count along.")
        )
    return " ".join(sentences) or _("However many vote, the result holds.")


def share(value: Fraction) -> str:
    """A share as people say it."""
    known = {Fraction(1, 2): _("half"), Fraction(2, 3): _("two thirds"), Fraction(3, 4): _("three quarters")}
    if value in known:
        return known[value]
    return _("%(part)s in %(whole)s") % {"part": value.numerator, "whole": value.denominator}


def _windows(policy: DecisionPolicy) -> str:
    sentences = []
    if policy.subject == Subject.ELECTION:
        days = policy.nomination_days
        sentences.append(
            ngettext("Candidates have %(days)s day to come forward.", "Candidates have %(days)s days to come forward.",
                     days) % {"days": days}
        )  # fmt: skip
    days = policy.voting_days
    sentences.append(
        ngettext("Voting takes %(days)s day.", "Voting takes %(days)s days.", days) % {"days": days}
    )
    if policy.decider == Decider.RESIDENTS:
        days = policy.appeal_days
        sentences.append(
            ngettext("After the result you have %(days)s day to appeal.",
                     "After the result you have %(days)s days to appeal.", days) % {"days": days}
        )  # fmt: skip
    return " ".join(sentences)


def _proxies(policy: DecisionPolicy) -> str:
    number = policy.max_proxies
    if policy.decider == Decider.BOARD or not number:
        return ""
    return ngettext(
        "You can let somebody else on the roll vote for you. Nobody votes for more than %(number)s other.",
        "You can let somebody else on the roll vote for you. Nobody votes for more than %(number)s others.",
        number,
    ) % {"number": number}


def _support(policy: DecisionPolicy) -> str:
    return _("The support of %(share)s residents, within %(days)s days.") % {
        "share": share(policy.support_needed),
        "days": policy.support_days,
    }
