from sellers.actions.answers import tell_of_payout, tell_of_permit, tell_seller, tell_shop
from sellers.actions.businesses import check_due_businesses, take_business_snapshot
from sellers.actions.chains import confirm_authorisation, contest_authorisation, weigh_rights_behind
from sellers.actions.clock import expire_due_authorisations
from sellers.actions.imports import NewAuthorisation, register_authorisations
from sellers.actions.links import Told, add_traits, note_traits
from sellers.actions.lists import list_authorised_sellers
from sellers.actions.payouts import apply_due_payout_changes, cancel_payout_change, request_payout_change
from sellers.actions.permits import end_due_permits, give_permit
from sellers.actions.reviews import (
    approve_authorisation,
    reject_as_forged,
    reject_authorisation,
    request_info,
    review_authorisation,
    revoke_authorisation,
    tick_checks,
)
from sellers.actions.shops import NewSeller, hold_seller, link_sellers, register_sellers, set_standing
from sellers.actions.submissions import (
    Letter,
    add_document,
    draft_authorisation,
    give_info,
    submit_authorisation,
    submit_draft,
    withdraw_authorisation,
)

__all__ = [
    "Letter",
    "NewAuthorisation",
    "NewSeller",
    "Told",
    "add_document",
    "add_traits",
    "apply_due_payout_changes",
    "approve_authorisation",
    "cancel_payout_change",
    "check_due_businesses",
    "confirm_authorisation",
    "contest_authorisation",
    "draft_authorisation",
    "end_due_permits",
    "expire_due_authorisations",
    "give_info",
    "give_permit",
    "hold_seller",
    "link_sellers",
    "list_authorised_sellers",
    "note_traits",
    "register_authorisations",
    "register_sellers",
    "reject_as_forged",
    "reject_authorisation",
    "request_info",
    "request_payout_change",
    "review_authorisation",
    "revoke_authorisation",
    "set_standing",
    "submit_authorisation",
    "submit_draft",
    "take_business_snapshot",
    "tell_of_payout",
    "tell_of_permit",
    "tell_seller",
    "tell_shop",
    "tick_checks",
    "weigh_rights_behind",
    "withdraw_authorisation",
]
