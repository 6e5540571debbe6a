"""What can happen to a seller and to its right to sell a brand."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.events.facts import N_, Fact, SentenceByCode


@dataclass(frozen=True, kw_only=True)
class AboutSeller(Fact):
    """What every fact about a seller carries."""

    seller: str
    seller_id: int


@dataclass(frozen=True, kw_only=True)
class SellerRegistered(AboutSeller):
    """A shop was registered."""

    name: ClassVar[str] = "sellers.seller.registered"
    sentence: ClassVar[str] = N_("Shop registered")


@dataclass(frozen=True, kw_only=True)
class SellerChanged(AboutSeller):
    """Details of a shop changed; ``fields`` names them."""

    name: ClassVar[str] = "sellers.seller.changed"
    sentence: ClassVar[str] = N_("Shop details changed")
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class StandingChanged(AboutSeller):
    """The standing of a shop changed."""

    name: ClassVar[str] = "sellers.standing.changed"
    sentence: ClassVar[SentenceByCode] = SentenceByCode(
        "after",
        {
            "ACTIVE": N_("Seller may sell without restriction"),
            "WARNED": N_("Seller's standing changed to warned"),
            "RESTRICTED": N_("Seller's standing changed to restricted"),
            "SUSPENDED": N_("Seller's standing changed to suspended"),
            "CLOSED": N_("Seller's standing changed to closed"),
        },
        otherwise=N_("Seller's standing changed"),
    )
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class LinkedSellerFound(AboutSeller):
    """A shop that sells was found to be run by whoever runs suspended or closed shops."""

    name: ClassVar[str] = "sellers.linked_seller.found"
    sentence: ClassVar[str] = N_("Shop found to be linked to a suspended or closed one")
    linked_sellers: list[str]


@dataclass(frozen=True, kw_only=True)
class SellerListChanged(Fact):
    """A rights holder changed the list of who may sell a brand; ``entries`` counts the names on it."""

    name: ClassVar[str] = "sellers.seller_list.changed"
    sentence: ClassVar[str] = N_("List of authorised sellers of %(brand)s changed")
    brand: str
    brand_id: int
    entries: int


@dataclass(frozen=True, kw_only=True)
class BusinessLapsed(AboutSeller):
    """The tax office reports the business behind a shop as suspended, closed or unknown."""

    name: ClassVar[str] = "sellers.business.lapsed"
    sentence: ClassVar[str] = N_("Business no longer active, says the tax office")
    status: str


@dataclass(frozen=True, kw_only=True)
class BusinessRestored(AboutSeller):
    """The tax office reports a lapsed business as active again."""

    name: ClassVar[str] = "sellers.business.restored"
    sentence: ClassVar[str] = N_("Business active again, says the tax office")


@dataclass(frozen=True, kw_only=True)
class AboutPayoutAccount(AboutSeller):
    """What every fact about a settlement account tells."""

    payout_account_id: int


@dataclass(frozen=True, kw_only=True)
class PayoutChangeRequested(AboutPayoutAccount):
    """A change of settlement account was requested; it takes effect after a cooling period."""

    name: ClassVar[str] = "sellers.payout_change.requested"
    sentence: ClassVar[str] = N_("Change of settlement account requested")


@dataclass(frozen=True, kw_only=True)
class PayoutChangeCancelled(AboutPayoutAccount):
    """A change of settlement account was cancelled before it took effect."""

    name: ClassVar[str] = "sellers.payout_change.cancelled"
    sentence: ClassVar[str] = N_("Change of settlement account cancelled")


@dataclass(frozen=True, kw_only=True)
class PayoutAccountChanged(AboutPayoutAccount):
    """The settlement account of a shop changed."""

    name: ClassVar[str] = "sellers.payout_account.changed"
    sentence: ClassVar[str] = N_("Settlement account changed")


@dataclass(frozen=True, kw_only=True)
class PermitSubmitted(AboutSeller):
    """A shop submitted a certificate or permit for goods of a category."""

    name: ClassVar[str] = "sellers.permit.submitted"
    sentence: ClassVar[str] = N_("Certificate or permit submitted")
    permit_id: int
    category: str


@dataclass(frozen=True, kw_only=True)
class PermitExpired(AboutSeller):
    """A certificate or permit expired."""

    name: ClassVar[str] = "sellers.permit.expired"
    sentence: ClassVar[str] = N_("Certificate or permit expired")
    permit_id: int
    category: str


@dataclass(frozen=True, kw_only=True)
class AboutAuthorisation(AboutSeller):
    """What every fact about an authorisation tells."""

    authorisation_id: int
    brand: str
    brand_id: int


@dataclass(frozen=True, kw_only=True)
class AuthorisationSubmitted(AboutAuthorisation):
    """A seller submitted an authorisation for review."""

    name: ClassVar[str] = "sellers.authorisation.submitted"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s submitted")


@dataclass(frozen=True, kw_only=True)
class AuthorisationReviewStarted(AboutAuthorisation):
    """The review of an authorisation started."""

    name: ClassVar[str] = "sellers.authorisation.review_started"
    sentence: ClassVar[str] = N_("Review of the authorisation for %(brand)s started")


@dataclass(frozen=True, kw_only=True)
class AuthorisationInfoRequested(AboutAuthorisation):
    """The seller was asked for information that an authorisation lacks."""

    name: ClassVar[str] = "sellers.authorisation.info_requested"
    sentence: ClassVar[str] = N_("More information about the authorisation for %(brand)s requested")


@dataclass(frozen=True, kw_only=True)
class AuthorisationInfoProvided(AboutAuthorisation):
    """The seller provided what was missing, and the review goes on."""

    name: ClassVar[str] = "sellers.authorisation.info_provided"
    sentence: ClassVar[str] = N_("More information about the authorisation for %(brand)s provided")


@dataclass(frozen=True, kw_only=True)
class AuthorisationApproved(AboutAuthorisation):
    """An authorisation was approved: the seller may sell the brand within its dates and territory."""

    name: ClassVar[str] = "sellers.authorisation.approved"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s approved")


@dataclass(frozen=True, kw_only=True)
class AuthorisationRejected(AboutAuthorisation):
    """An authorisation was rejected; the seller may submit another."""

    name: ClassVar[str] = "sellers.authorisation.rejected"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s rejected")


@dataclass(frozen=True, kw_only=True)
class AuthorisationFoundForged(AboutAuthorisation):
    """A document submitted for an authorisation was found to be forged."""

    name: ClassVar[str] = "sellers.authorisation.found_forged"
    sentence: ClassVar[str] = N_("Document for %(brand)s found to be forged")


@dataclass(frozen=True, kw_only=True)
class AuthorisationWithdrawn(AboutAuthorisation):
    """A seller withdrew an authorisation, or did not answer in time."""

    name: ClassVar[str] = "sellers.authorisation.withdrawn"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s withdrawn")


@dataclass(frozen=True, kw_only=True)
class AuthorisationExpiryAnnounced(AboutAuthorisation):
    """The seller was warned that an authorisation ends within ``days`` days."""

    name: ClassVar[str] = "sellers.authorisation.expiry_announced"
    sentence: ClassVar[str] = N_("Seller warned that the authorisation for %(brand)s ends soon")
    days: int = 0


@dataclass(frozen=True, kw_only=True)
class AuthorisationExpired(AboutAuthorisation):
    """An authorisation expired."""

    name: ClassVar[str] = "sellers.authorisation.expired"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s expired")


@dataclass(frozen=True, kw_only=True)
class AuthorisationRevoked(AboutAuthorisation):
    """The rights holder or the protection team revoked an authorisation."""

    name: ClassVar[str] = "sellers.authorisation.revoked"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s revoked")


@dataclass(frozen=True, kw_only=True)
class AuthorisationSuspended(AboutAuthorisation):
    """An authorisation was suspended because what it rests on is no longer in force."""

    name: ClassVar[str] = "sellers.authorisation.suspended"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s suspended")


@dataclass(frozen=True, kw_only=True)
class AuthorisationRestored(AboutAuthorisation):
    """A suspended authorisation is in force again."""

    name: ClassVar[str] = "sellers.authorisation.restored"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s restored")


@dataclass(frozen=True, kw_only=True)
class AuthorisationConfirmed(AboutAuthorisation):
    """The rights holder confirmed that it issued the letter of authorisation."""

    name: ClassVar[str] = "sellers.authorisation.confirmed"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s confirmed by the rights holder")


@dataclass(frozen=True, kw_only=True)
class AuthorisationContested(AboutAuthorisation):
    """The rights holder denied having issued the letter of authorisation."""

    name: ClassVar[str] = "sellers.authorisation.contested"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s contested by the rights holder")


@dataclass(frozen=True, kw_only=True)
class AuthorisationSuperseded(AboutAuthorisation):
    """A renewed authorisation replaced this one."""

    name: ClassVar[str] = "sellers.authorisation.superseded"
    sentence: ClassVar[str] = N_("Authorisation for %(brand)s replaced by a renewed one")
