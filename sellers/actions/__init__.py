from sellers.actions.answers import tell_seller
from sellers.actions.clock import expire_due_authorisations
from sellers.actions.imports import NewAuthorisation, register_authorisations
from sellers.actions.reviews import (
    approve_authorisation,
    reject_as_forged,
    reject_authorisation,
    request_info,
    review_authorisation,
    revoke_authorisation,
)
from sellers.actions.shops import NewSeller, hold_seller, link_sellers, register_sellers, set_standing
from sellers.actions.submissions import give_info, submit_authorisation, withdraw_authorisation

__all__ = [
    "NewAuthorisation",
    "NewSeller",
    "approve_authorisation",
    "expire_due_authorisations",
    "give_info",
    "hold_seller",
    "link_sellers",
    "register_authorisations",
    "register_sellers",
    "reject_as_forged",
    "reject_authorisation",
    "request_info",
    "review_authorisation",
    "revoke_authorisation",
    "set_standing",
    "submit_authorisation",
    "tell_seller",
    "withdraw_authorisation",
]
