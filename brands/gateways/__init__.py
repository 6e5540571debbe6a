"""The registers of IP rights: KIPRIS Plus over HTTP, or the snapshot kept here."""

from django.conf import settings

from brands.gateways.entries import Entry, Register, Silent
from brands.gateways.kipris import Kipris
from brands.gateways.snapshot import Snapshot

__all__ = ["Entry", "Register", "Silent", "register"]


def register() -> Register:
    """The register that this installation asks."""
    if settings.KLEAN_REGISTER_URL:
        return Kipris(settings.KLEAN_REGISTER_URL, settings.KLEAN_REGISTER_KEY)
    return Snapshot()
