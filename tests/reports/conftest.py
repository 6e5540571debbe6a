import pytest

from klean.core.events.models import Event


@pytest.fixture
def recorded(db):
    """The names of the facts recorded so far, of this app alone."""

    def names():
        return list(
            Event.objects.filter(name__startswith="reports.").order_by("id").values_list("name", flat=True)
        )

    return names
