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
from neighbourhoods.queries.items import name_of_category
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
    made = date_format(localtime(policy.made_at), "j F Y")
    category = policy.category
    title = capfirst(policy.get_subject_display())
    return PolicyWords(
        anchor="-".join(filter(None, [policy.subject.lower(), category.slug if category else ""])),
        title=f"{title}: {name_of_category(category)}" if category else title,
        since=_("Version %(number)s, since %(day)s") % {"number": policy.version, "day": made},
        facts=[(question, answer) for question, answer in _facts(policy) if answer],
    )


def _facts(policy: DecisionPolicy) -> list[tuple[str, str]]:
    how = [
        (_("How you vote"), _how(policy)),
        (_("Secret or with names"), _secrecy(policy)),
        (_("When it holds"), _when(policy)),
    ]
    if policy.subject == Subject.CONFIRMATION:
        # An election with few candidates is an election: roll, days and proxies are those of the ELECTION policy.
        return [*how, (_("All the rest"), _("As in an election with more candidates."))]
    if policy.subject == Subject.RECALL:
        return [(_("Who decides"), _who(policy)), (_("What it needs"), _support(policy))]
    facts = [
        (_("Who decides"), _who(policy)),
        (_("Who may vote"), _roll(policy)),
        *how,
        (_("How long"), _windows(policy)),
        (_("Proxies"), _proxies(policy)),
    ]
    return facts if policy.subject != Subject.VALUE else of_value(policy, facts)


def _who(policy: DecisionPolicy) -> str:
    if policy.subject == Subject.RECALL:
        return _("The residents. When enough of them ask for it, a new board is elected.")
    if policy.decider == Decider.BOARD:
        return _("The board, in a meeting or in a written round.")
    if policy.decider == Decider.BOTH:
        return " ".join([_("The residents, and then the board confirms it."), _margin(policy)])
    return _("The residents.")


def _margin(policy: DecisionPolicy) -> str:
    """What a board can do with what the residents chose."""
    if not policy.margin:
        return _("The board says yes or no. After a no the residents are asked once more.")
    sentence = _(
        "The board may go up or down by %(share)s of it at most. After a no the residents are asked once more."
    )
    return sentence % {"share": share(policy.margin)}


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
        sentences += _majority(policy)
    return " ".join(sentences) or _("However many vote, the result holds.")


def _majority(policy: DecisionPolicy) -> list[str]:
    words = (
        _("More than %(share)s must be in favour.") if policy.is_strict else _("%(share)s must be in favour.")
    )
    blank = _("Blank votes count along.") if policy.blanks_count else _("Blank votes do not count along.")
    return [capfirst(words % {"share": share(policy.majority)}), blank]


def share(value: Fraction) -> str:
    """A share as people say it."""
    known = {Fraction(1, 2): _("half"), Fraction(2, 3): _("two thirds"), Fraction(3, 4): _("three quarters")}
    if value in known:
        return known[value]
    return _("%(part)s in %(whole)s") % {"part": value.numerator, "whole": value.denominator}


def _windows(policy: DecisionPolicy) -> str:
    sentences = []
    if policy.subject == Subject.ELECTION:
        sentences.append(_candidates(policy.nomination_days))
    if policy.subject == Subject.VALUE:
        sentences.append(_reactions(policy.consultation_days))
    days = policy.voting_days
    sentences.append(
        ngettext("Voting takes %(days)s day.", "Voting takes %(days)s days.", days) % {"days": days}
    )
    if policy.decider != Decider.BOARD or policy.subject == Subject.VALUE:
        days = policy.appeal_days
        sentences.append(
            ngettext("After the result you have %(days)s day to appeal.",
                     "After the result you have %(days)s days to appeal.", days) % {"days": days}
        )  # fmt: skip
    return " ".join(sentences)


def _candidates(days: int) -> str:
    return ngettext(
        "Candidates have %(days)s day to come forward.",
        "Candidates have %(days)s days to come forward.",
        days,
    ) % {"days": days}


def _reactions(days: int) -> str:
    return ngettext(
        "First you have %(days)s day to react.", "First you have %(days)s days to react.", days
    ) % {"days": days}


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


# --- What something is worth ------------------------------------------------------------------------------------------


def of_value(policy: DecisionPolicy, facts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same with what is so for values alone: how one comes on the agenda, how often, and the money for it."""
    return [
        (_("What comes on the agenda"), _agenda(policy)),
        *facts,
        (_("No value any more"), _ending(policy)),
        (_("How often"), _interval(policy.min_interval_days)),
        (_("Is there money for it?"), _cover(policy.cover_months)),
    ]


def _agenda(policy: DecisionPolicy) -> str:
    words = {"share": share(policy.support_needed), "days": policy.support_days}
    supported = (
        _("What %(share)s residents support within %(days)s days.") % words
        if policy.support_needed
        else _("What one other resident supports.")
    )
    return " ".join([supported, _("Also when demand crosses a limit, or the board sees that it is needed.")])


def _ending(policy: DecisionPolicy) -> str:
    """Residents then say yes or no; of a board that was said already."""
    if policy.method == Method.YES_NO:
        return ""
    return " ".join([_("Then the residents say yes or no."), *_majority(policy)])


def _interval(days: int) -> str:
    if not days:
        return ""
    return ngettext(
        "A value holds for %(days)s day before it can be asked again, unless demand changes or the board asks.",
        "A value holds for %(days)s days before it can be asked again, unless demand changes or the board asks.",
        days,
    ) % {"days": days}


def _cover(months: int) -> str:
    if not months:
        return ""
    return ngettext(
        "Before a value holds there must be money in the pots for %(months)s month.",
        "Before a value holds there must be money in the pots for %(months)s months.",
        months,
    ) % {"months": months}
