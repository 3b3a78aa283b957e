"""What the database itself refuses: a ballot changed, or cast in a box that is not open; a frozen roll changed; history
edited. Whatever code runs, and whoever sits at the database's prompt, meets these first."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.append_only import append_only
from core.permanent import only_goes, permanent

# Class 23 is "integrity constraint violation": both databases then raise Django's IntegrityError. FOR SHARE makes a
# cast wait for a box that is being closed at the same moment, and see it closed.
POSTGRES = """
CREATE FUNCTION neighbourhoods_ballot_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  box_state text;
  box_secrecy text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT state, secrecy INTO box_state, box_secrecy FROM neighbourhoods_ballotbox WHERE id = NEW.box_id FOR SHARE;
    IF box_secrecy = 'SECRET' AND box_state IN ('OPEN', 'MIXING') THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'this ballot box is not open' USING ERRCODE = '23SC5';
  END IF;
  IF TG_OP = 'DELETE' THEN
    SELECT state INTO box_state FROM neighbourhoods_ballotbox WHERE id = OLD.box_id;
    IF box_state = 'MIXING' THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'a ballot stays as it was cast' USING ERRCODE = '23SC5';
END $$;
CREATE TRIGGER neighbourhoods_ballot_guard BEFORE INSERT OR UPDATE OR DELETE ON neighbourhoods_ballot
  FOR EACH ROW EXECUTE FUNCTION neighbourhoods_ballot_guard();
CREATE TRIGGER neighbourhoods_ballot_no_truncate BEFORE TRUNCATE ON neighbourhoods_ballot
  FOR EACH STATEMENT EXECUTE FUNCTION neighbourhoods_ballot_guard();

CREATE FUNCTION neighbourhoods_rollentry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  roll_state text;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION 'a roll stays' USING ERRCODE = '23SC6'; END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT state INTO roll_state FROM neighbourhoods_roll WHERE id = NEW.roll_id FOR SHARE;
  ELSE
    SELECT state INTO roll_state FROM neighbourhoods_roll WHERE id = OLD.roll_id;
  END IF;
  IF roll_state = 'BUILT' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.channel = '' THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'nobody votes before the roll is frozen' USING ERRCODE = '23SC6';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.channel = '' AND NEW.channel <> '' AND OLD.is_included
     AND (OLD.roll_id, OLD.person_id, OLD.is_included, OLD.basis, OLD.salt, OLD.position)
         IS NOT DISTINCT FROM (NEW.roll_id, NEW.person_id, NEW.is_included, NEW.basis, NEW.salt, NEW.position)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a frozen roll stays as it is' USING ERRCODE = '23SC6';
END $$;
CREATE TRIGGER neighbourhoods_rollentry_guard BEFORE INSERT OR UPDATE OR DELETE ON neighbourhoods_rollentry
  FOR EACH ROW EXECUTE FUNCTION neighbourhoods_rollentry_guard();
CREATE TRIGGER neighbourhoods_rollentry_no_truncate BEFORE TRUNCATE ON neighbourhoods_rollentry
  FOR EACH STATEMENT EXECUTE FUNCTION neighbourhoods_rollentry_guard();

CREATE FUNCTION neighbourhoods_roll_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a frozen roll stays as it is' USING ERRCODE = '23SC6';
END $$;
CREATE TRIGGER neighbourhoods_roll_guard BEFORE UPDATE ON neighbourhoods_roll
  FOR EACH ROW WHEN (OLD.state = 'FROZEN') EXECUTE FUNCTION neighbourhoods_roll_guard();
"""
POSTGRES_BACK = """
DROP FUNCTION neighbourhoods_ballot_guard() CASCADE;
DROP FUNCTION neighbourhoods_rollentry_guard() CASCADE;
DROP FUNCTION neighbourhoods_roll_guard() CASCADE;
"""

SQLITE = {
    "neighbourhoods_ballot_put_in": """BEFORE INSERT ON neighbourhoods_ballot
        WHEN NOT EXISTS (SELECT 1 FROM neighbourhoods_ballotbox WHERE id = NEW.box_id
                         AND secrecy = 'SECRET' AND state IN ('OPEN', 'MIXING'))
        BEGIN SELECT RAISE(ABORT, 'this ballot box is not open'); END""",
    "neighbourhoods_ballot_changed": """BEFORE UPDATE ON neighbourhoods_ballot
        BEGIN SELECT RAISE(ABORT, 'a ballot stays as it was cast'); END""",
    "neighbourhoods_ballot_taken_out": """BEFORE DELETE ON neighbourhoods_ballot
        WHEN NOT EXISTS (SELECT 1 FROM neighbourhoods_ballotbox WHERE id = OLD.box_id AND state = 'MIXING')
        BEGIN SELECT RAISE(ABORT, 'a ballot stays as it was cast'); END""",
    "neighbourhoods_rollentry_added": """BEFORE INSERT ON neighbourhoods_rollentry
        WHEN NEW.channel <> '' OR NOT EXISTS
            (SELECT 1 FROM neighbourhoods_roll WHERE id = NEW.roll_id AND state = 'BUILT')
        BEGIN SELECT RAISE(ABORT, 'a frozen roll stays as it is'); END""",
    "neighbourhoods_rollentry_removed": """BEFORE DELETE ON neighbourhoods_rollentry
        WHEN NOT EXISTS (SELECT 1 FROM neighbourhoods_roll WHERE id = OLD.roll_id AND state = 'BUILT')
        BEGIN SELECT RAISE(ABORT, 'a frozen roll stays as it is'); END""",
    "neighbourhoods_rollentry_marked_early": """BEFORE UPDATE ON neighbourhoods_rollentry
        WHEN NEW.channel <> '' AND EXISTS (SELECT 1 FROM neighbourhoods_roll WHERE id = OLD.roll_id AND state = 'BUILT')
        BEGIN SELECT RAISE(ABORT, 'nobody votes before the roll is frozen'); END""",
    "neighbourhoods_rollentry_changed": """BEFORE UPDATE ON neighbourhoods_rollentry
        WHEN EXISTS (SELECT 1 FROM neighbourhoods_roll WHERE id = OLD.roll_id AND state = 'FROZEN')
         AND NOT (OLD.channel = '' AND NEW.channel <> '' AND OLD.is_included AND OLD.roll_id IS NEW.roll_id
                  AND OLD.person_id IS NEW.person_id AND OLD.is_included IS NEW.is_included
                  AND OLD.basis IS NEW.basis AND OLD.salt IS NEW.salt AND OLD.position IS NEW.position)
        BEGIN SELECT RAISE(ABORT, 'a frozen roll stays as it is'); END""",
    "neighbourhoods_roll_changed": """BEFORE UPDATE ON neighbourhoods_roll WHEN OLD.state = 'FROZEN'
        BEGIN SELECT RAISE(ABORT, 'a frozen roll stays as it is'); END""",
}


def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRES, params=None)
        return
    for name, body in SQLITE.items():
        editor.execute(f"CREATE TRIGGER {name} {body}", params=None)


def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRES_BACK, params=None)
        return
    for name in SQLITE:
        editor.execute(f"DROP TRIGGER {name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("neighbourhoods", "0002_decisions")]

    operations = [
        migrations.RunPython(forwards, backwards),
        append_only(
            "neighbourhoods_decisionpolicy", "neighbourhoods_eligibilityrule", "neighbourhoods_recordedvote",
            "neighbourhoods_result",
        ),
        permanent("neighbourhoods_papercount", "box_id", "entered_by_id", "ballots", "at"),
        only_goes("neighbourhoods_papercount", "digest"),
        permanent("neighbourhoods_roll", "neighbourhood_id", "policy_id", "reference_on"),
        permanent(
            "neighbourhoods_ballotbox", "ref", "neighbourhood_id", "policy_id", "roll_id", "method", "secrecy",
            "options", "seats", "low", "high", "step", "present", "opens_at",
        ),
        permanent("neighbourhoods_election", "ref", "neighbourhood_id", "key"),
        permanent("neighbourhoods_nomination", "ref", "election_id", "candidate_id", "proposed_by_id"),
        permanent("neighbourhoods_appeal", "ref", "box_id", "appellant_id", "filed_at", "key"),
    ]  # fmt: skip
