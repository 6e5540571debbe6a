"""Whether this process can judge."""

from django.utils import timezone

from listings.judging.screener import screener_at


def require_artefacts() -> None:
    """Raises when what a verdict rests on cannot be loaded; costs three small queries once it is."""
    screener_at(timezone.now())
