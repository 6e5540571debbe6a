import re
from pathlib import Path

from governance.queries import figures
from klean.core.events.facts import FACTS


def test_every_event_that_is_counted_is_a_fact():
    counted = re.findall(r"""['"]((?:[a-z_]+\.){2}[a-z_]+)['"]""", Path(figures.__file__).read_text())
    assert len(counted) > 30
    assert set(counted) <= FACTS.keys()
