"""What the database itself keeps: the entries of a posting sum to nothing, and no line of the books is changed."""

from django.db import migrations

KEEP = """
CREATE FUNCTION refunds_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    the_posting bigint := coalesce((to_jsonb(NEW) ->> 'posting_id')::bigint, NEW.id);
BEGIN
    IF (SELECT coalesce(sum(amount), 0) <> 0 OR count(*) < 2
          FROM refunds_ledgerentry WHERE posting_id = the_posting) THEN
        RAISE EXCEPTION 'posting % does not balance', the_posting
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER refunds_ledgerentry_balances AFTER INSERT ON refunds_ledgerentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refunds_posting_balances();
CREATE CONSTRAINT TRIGGER refunds_posting_balances AFTER INSERT ON refunds_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refunds_posting_balances();
CREATE TRIGGER refunds_ledgerentry_fixed BEFORE UPDATE OR DELETE ON refunds_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER refunds_posting_fixed BEFORE UPDATE OR DELETE ON refunds_posting
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""

UNDO = """
DROP TRIGGER refunds_posting_fixed ON refunds_posting;
DROP TRIGGER refunds_ledgerentry_fixed ON refunds_ledgerentry;
DROP TRIGGER refunds_posting_balances ON refunds_posting;
DROP TRIGGER refunds_ledgerentry_balances ON refunds_ledgerentry;
DROP FUNCTION refunds_posting_balances();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_append_only"), ("refunds", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
