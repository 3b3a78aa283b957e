"""Which offices fit which kind of party, as data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.models import PartyKind, Role

COMMON = frozenset({Role.OWNER, Role.OPERATOR, Role.ORGANISER, Role.FINANCE, Role.EDITOR})

ROLES_OF: dict[str, frozenset[str]] = {
    PartyKind.PERSON: frozenset({Role.HELPER}),
    PartyKind.HOUSEHOLD: frozenset({Role.OWNER, Role.MEMBER, Role.HELPER}),
    PartyKind.COMPANY: COMMON,
    PartyKind.ASSOCIATION: COMMON,
    PartyKind.INSTITUTION: COMMON,
    PartyKind.COOPERATIVE: COMMON,
    PartyKind.NEIGHBOURHOOD: COMMON | {Role.POLLING},
    PartyKind.MUNICIPALITY: COMMON | {Role.CLERK, Role.CASE_WORKER, Role.POLLING, Role.APPEALS},
}

# What residents may make themselves. Municipalities and neighbourhoods are founded; a household has its own way.
RESIDENTS_OWN = frozenset(
    {PartyKind.COMPANY, PartyKind.ASSOCIATION, PartyKind.INSTITUTION, PartyKind.COOPERATIVE}
)

ROLE_WORDS = {
    Role.OWNER: _("Owner: may do everything, and give roles to others"),
    Role.OPERATOR: _("Operator: sells and takes payments"),
    Role.MEMBER: _("Member of the household"),
    Role.HELPER: _("Helper: does things for somebody else"),
    Role.ORGANISER: _("Organiser: posts activities and confirms who came"),
    Role.FINANCE: _("Finance: money in and out"),
    Role.CLERK: _("Clerk: serves residents at the desk"),
    Role.CASE_WORKER: _("Case worker"),
    Role.EDITOR: _("Editor: writes the pages"),
    Role.POLLING: _("Polling office: runs elections, and may not stand in one"),
    Role.APPEALS: _("Appeals panel: rules on appeals about votes"),
}


def roles_for(kind: str) -> list[str]:
    """The offices that can be held for a party of this kind, in the order in which they are shown."""
    return [role for role in Role.values if role in ROLES_OF[kind]]


# What an office lets somebody do with the accounts of a party.
SEES = frozenset({Role.OWNER, Role.FINANCE, Role.OPERATOR, Role.MEMBER, Role.HELPER})  # it is their money too
STATEMENTS = SEES - {
    Role.OPERATOR
}  # opens an account and all that was paid; a till shows what was paid at that till
PAYS = frozenset({Role.OWNER, Role.FINANCE, Role.MEMBER, Role.HELPER})
SELLS = frozenset({Role.OWNER, Role.FINANCE, Role.OPERATOR})  # takes payments at a till, and gives them back
CASHES = frozenset({Role.OWNER, Role.FINANCE})  # asks for payouts, announces money
FINANCE = frozenset({Role.OWNER, Role.FINANCE})  # sits at the finance desk
