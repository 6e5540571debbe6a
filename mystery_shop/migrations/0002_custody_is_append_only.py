"""A custody event never changes; only its texts may be emptied, each with its salt, when they name a person."""

from django.db import migrations

KEEP = """
CREATE TRIGGER mystery_shop_custodyevent_kept BEFORE DELETE ON mystery_shop_custodyevent
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER mystery_shop_custodyevent_fixed BEFORE UPDATE ON mystery_shop_custodyevent FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{from_party,to_party,place,note,salts}'::text[]
          <> to_jsonb(NEW) - '{from_party,to_party,place,note,salts}'::text[]
          OR NOT OLD.salts @> NEW.salts
          OR NEW.from_party NOT IN (OLD.from_party, '') OR NEW.to_party NOT IN (OLD.to_party, '')
          OR NEW.place NOT IN (OLD.place, '') OR NEW.note NOT IN (OLD.note, ''))
    EXECUTE FUNCTION core_refuse_change();
"""
UNDO = """
DROP TRIGGER mystery_shop_custodyevent_fixed ON mystery_shop_custodyevent;
DROP TRIGGER mystery_shop_custodyevent_kept ON mystery_shop_custodyevent;
"""


class Migration(migrations.Migration):
    dependencies = [("mystery_shop", "0001_initial"), ("core", "0002_append_only")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
