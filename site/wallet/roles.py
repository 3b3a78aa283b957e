"""What an office lets somebody do with the accounts of a party, as data."""

from __future__ import annotations

from people.models import Role

SEES = frozenset({Role.OWNER, Role.FINANCE, Role.OPERATOR, Role.MEMBER, Role.HELPER})  # it is their money too
STATEMENTS = SEES - {
    Role.OPERATOR
}  # opens an account and all that was paid; a till shows what was paid at that till
PAYS = frozenset({Role.OWNER, Role.FINANCE, Role.MEMBER, Role.HELPER})
SELLS = frozenset({Role.OWNER, Role.FINANCE, Role.OPERATOR})  # takes payments at a till, and gives them back
CASHES = frozenset({Role.OWNER, Role.FINANCE})  # asks for payouts, announces money
FINANCE = frozenset({Role.OWNER, Role.FINANCE})  # sits at the finance desk
