"""What claims wait for, each by a name of its own."""

from klean.core.rows.locks import lock_name


def lock_purchase(order: str, listing_id: int) -> None:
    """Claims on the same item of the same order wait for each other."""
    lock_name(f"refund {order} {listing_id}")


def lock_recoveries(listing_id: int) -> None:
    """Approvals and recoveries on one listing wait for each other, so that no refund slips between them."""
    lock_name(f"recovery {listing_id}")
