"""What the database itself keeps: events, published policy and signing keys stay, and events form a hash chain.

An event is written without a position. A deferred trigger seals it when its transaction commits: under one advisory
lock it takes the next position and the hash of the event before. So the chain is in the order of the commits, a
reader by position never misses a late one, and no transaction waits for another before its own commit.
"""

from django.db import migrations

SEALED_TEXT = """
CREATE FUNCTION core_event_text(e core_event) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(
        e.position, e.previous_hash, e.name, e.subject, e.actor,
        to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.data
    )::text
$$;
CREATE FUNCTION core_event_hash(e core_event) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(core_event_text(e), 'UTF8')), 'hex')
$$;
"""

SEAL = """
CREATE FUNCTION core_event_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sealed core_event;
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('core_event chain'));
    SELECT position, hash INTO last FROM core_event WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1;
    SELECT * INTO sealed FROM core_event WHERE id = NEW.id;
    sealed.position := coalesce(last.position, 0) + 1;
    sealed.previous_hash := coalesce(last.hash, '');
    UPDATE core_event
       SET position = sealed.position, previous_hash = sealed.previous_hash, hash = core_event_hash(sealed)
     WHERE id = NEW.id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER core_event_seal AFTER INSERT ON core_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION core_event_seal();
"""

REFUSE = """
CREATE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER core_event_keep BEFORE DELETE ON core_event FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER core_event_fixed BEFORE UPDATE ON core_event FOR EACH ROW
    WHEN (OLD.position IS NOT NULL OR NEW.position IS NULL OR
          (OLD.id, OLD.name, OLD.subject, OLD.actor, OLD.at, OLD.data)
          IS DISTINCT FROM (NEW.id, NEW.name, NEW.subject, NEW.actor, NEW.at, NEW.data))
    EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER core_policyversion_fixed BEFORE UPDATE OR DELETE ON core_policyversion
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER core_signingkey_kept BEFORE DELETE ON core_signingkey
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER core_signingkey_public BEFORE UPDATE OF public ON core_signingkey
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""

UNDO = """
DROP TRIGGER core_signingkey_public ON core_signingkey;
DROP TRIGGER core_signingkey_kept ON core_signingkey;
DROP TRIGGER core_policyversion_fixed ON core_policyversion;
DROP TRIGGER core_event_fixed ON core_event;
DROP TRIGGER core_event_keep ON core_event;
DROP FUNCTION core_refuse_change();
DROP TRIGGER core_event_seal ON core_event;
DROP FUNCTION core_event_seal();
DROP FUNCTION core_event_hash(core_event);
DROP FUNCTION core_event_text(core_event);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(SEALED_TEXT + SEAL + REFUSE, UNDO)]
