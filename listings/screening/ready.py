"""Whether screening can work at all."""

from django.utils import timezone

from listings.screening.artefacts import artefacts_at


def require_artefacts() -> None:
    """Load what every screening needs; raises what is wrong with it."""
    artefacts_at(timezone.now())
