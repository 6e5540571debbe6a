"""The public statements of reasons are searched by trigrams, and by category and day."""

from django.db import migrations

SEARCH = """
CREATE INDEX statement_facts_trigram ON enforcement_statement
    USING gin (upper(fields ->> 'decision_facts') gin_trgm_ops);
CREATE INDEX statement_category ON enforcement_statement ((fields -> 'category'), id);
CREATE INDEX statement_issued ON enforcement_statement (issued_at);
"""
UNDO = """
DROP INDEX statement_issued;
DROP INDEX statement_category;
DROP INDEX statement_facts_trigram;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("enforcement", "0001_initial")]
    operations = [migrations.RunSQL(SEARCH, UNDO)]
