"""Whether this process can judge."""

from django.utils import timezone

from listings.judging.artefacts import artefacts_at


def require_artefacts() -> None:
    """Raises when what a verdict rests on cannot be loaded; costs three small queries once it is."""
    artefacts_at(timezone.now())
