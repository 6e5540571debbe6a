"""Published editions and their keys never change; the public statements of reasons are searched by trigrams."""

from django.db import migrations

FROZEN = """
CREATE TRIGGER governance_edition_fixed BEFORE UPDATE OR DELETE ON governance_edition
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER governance_signingkey_fixed BEFORE DELETE ON governance_signingkey
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER governance_signingkey_public BEFORE UPDATE OF public ON governance_signingkey
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""
UNDO_FROZEN = """
DROP TRIGGER governance_signingkey_public ON governance_signingkey;
DROP TRIGGER governance_signingkey_fixed ON governance_signingkey;
DROP TRIGGER governance_edition_fixed ON governance_edition;
"""
SEARCH = """
CREATE INDEX statement_facts_trigram ON enforcement_statement
    USING gin (upper(fields ->> 'decision_facts') gin_trgm_ops);
CREATE INDEX statement_category ON enforcement_statement ((fields -> 'category'), id);
CREATE INDEX statement_issued ON enforcement_statement (issued_at);
"""
UNDO_SEARCH = """
DROP INDEX statement_issued;
DROP INDEX statement_category;
DROP INDEX statement_facts_trigram;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0001_initial"),
        ("core", "0002_append_only"),
        ("enforcement", "0001_initial"),
        ("listings", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(FROZEN, UNDO_FROZEN),
        migrations.RunSQL(SEARCH, UNDO_SEARCH),
    ]
