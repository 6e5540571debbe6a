"""Writing the books: every movement is one posting whose entries sum to nothing."""

from collections.abc import Iterable
from datetime import datetime

from klean.core.events.actors import Actor
from refunds.models.claims import RefundClaim
from refunds.models.ledger import LedgerEntry, Posting

Account = LedgerEntry.Account
MOVES = {
    Posting.Kind.APPROVED: (Account.FUND, Account.CLAIMANT),
    Posting.Kind.PAID: (Account.CLAIMANT, Account.PAID_OUT),
    Posting.Kind.RECOVERED: (Account.SELLER, Account.FUND),
    Posting.Kind.RELEASED: (Account.FUND, Account.SELLER),
}


def post_movements(kind: Posting.Kind, claims: Iterable[RefundClaim], *, at: datetime, actor: Actor) -> None:
    """Move each claim's amount from the first account of the kind to the second."""
    claims = list(claims)
    postings = Posting.objects.bulk_create(
        Posting(claim=claim, kind=kind, actor=str(actor), at=at) for claim in claims
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            posting=posting,
            account=account,
            amount=sign * (posting.claim.amount or 0),
            seller_id=posting.claim.seller_id if account == Account.SELLER else None,
        )
        for posting in postings
        for sign, account in zip((-1, 1), MOVES[kind], strict=True)
    )
