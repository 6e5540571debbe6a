"""The tax office: the National Tax Service over HTTP, or the snapshot kept here."""

from django.conf import settings

from sellers.gateways.replies import BusinessReply, Identity, Silent, TaxOffice
from sellers.gateways.snapshot import Snapshot
from sellers.gateways.tax_office import NationalTaxService

__all__ = ["BusinessReply", "Identity", "NationalTaxService", "Silent", "Snapshot", "TaxOffice", "tax_office"]


def tax_office() -> TaxOffice:
    """The one that this installation asks."""
    url = settings.KLEAN_TAX_OFFICE_URL.rstrip("/")
    return NationalTaxService(url, settings.KLEAN_TAX_OFFICE_KEY) if url else Snapshot()
