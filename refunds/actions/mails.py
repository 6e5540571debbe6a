"""What buyers are written about their claims; the claim's page says the same."""

from datetime import datetime

from django.conf import settings

from klean.core.mail.deliveries import write_mail
from klean.core.rows.texts import in_language
from refunds.models.claims import RefundClaim


def mail_claimant(claim: RefundClaim, news: str, *, at: datetime, reasons: str = "") -> None:
    """One mail for each state that a claim reaches."""
    if not claim.address:
        return
    context = {
        "reference": claim.reference,
        "link": f"{settings.KLEAN_URL}/refunds/{claim.reference}" if claim.claimant_id else "",
        "order": claim.order,
        "title": claim.listing.title,
        "amount": claim.amount,
        "because": claim.ineligible_because,
        "reasons": reasons or in_language(claim.decision_reasons, claim.language),
    }
    write_mail(
        key=f"claim:{claim.pk}:{news}",
        to=claim.address,
        language=claim.language,
        template=f"mail/refunds/claim_{news}.txt",
        context=context,
        at=at,
    )
