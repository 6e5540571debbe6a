"""What can happen to a seller and to its right to sell a brand."""

from dataclasses import dataclass
from typing import ClassVar

from klean.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SellerRegistered(Fact):
    """A shop is known from now on."""

    name: ClassVar[str] = "sellers.seller.registered"
    seller: str
    seller_id: int


@dataclass(frozen=True, kw_only=True)
class SellerChanged(Fact):
    """What is known of a shop changed, in the named fields."""

    name: ClassVar[str] = "sellers.seller.changed"
    seller: str
    seller_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class StandingChanged(Fact):
    """What a shop may do changed."""

    name: ClassVar[str] = "sellers.standing.changed"
    seller: str
    seller_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class TwinFound(Fact):
    """A shop that sells turned out to be certainly one with shops that are suspended or closed."""

    name: ClassVar[str] = "sellers.twin.found"
    seller: str
    seller_id: int
    twins: list[str]


@dataclass(frozen=True, kw_only=True)
class SellersListed(Fact):
    """A rights holder told who may sell a brand; ``count`` are the names on its list."""

    name: ClassVar[str] = "sellers.list.changed"
    brand: str
    brand_id: int
    count: int


@dataclass(frozen=True, kw_only=True)
class BusinessLapsed(Fact):
    """The tax office says that the business behind a shop is suspended, closed or unknown to it."""

    name: ClassVar[str] = "sellers.business.lapsed"
    seller: str
    seller_id: int
    status: str


@dataclass(frozen=True, kw_only=True)
class BusinessRestored(Fact):
    """The tax office says that a lapsed business is active again."""

    name: ClassVar[str] = "sellers.business.restored"
    seller: str
    seller_id: int


@dataclass(frozen=True, kw_only=True)
class PayoutFact(Fact):
    """What every fact about a settlement account tells."""

    payout_account_id: int
    seller: str
    seller_id: int


@dataclass(frozen=True, kw_only=True)
class PayoutChangeRequested(PayoutFact):
    """Somebody asks to have the shop's money paid elsewhere; it waits."""

    name: ClassVar[str] = "sellers.payout.requested"


@dataclass(frozen=True, kw_only=True)
class PayoutChangeCancelled(PayoutFact):
    """The change was stopped before it took effect."""

    name: ClassVar[str] = "sellers.payout.cancelled"


@dataclass(frozen=True, kw_only=True)
class PayoutChanged(PayoutFact):
    """The shop's money goes to this account from now on."""

    name: ClassVar[str] = "sellers.payout.changed"


@dataclass(frozen=True, kw_only=True)
class PermitGiven(Fact):
    """A shop showed a certificate or permit for goods of a category."""

    name: ClassVar[str] = "sellers.permit.given"
    seller: str
    seller_id: int
    permit_id: int
    category: str


@dataclass(frozen=True, kw_only=True)
class PermitEnded(Fact):
    """The last day of a certificate or permit has passed."""

    name: ClassVar[str] = "sellers.permit.ended"
    seller: str
    seller_id: int
    permit_id: int
    category: str


@dataclass(frozen=True, kw_only=True)
class AuthorisationFact(Fact):
    """What every fact about an authorisation tells."""

    authorisation_id: int
    seller: str
    seller_id: int
    brand: str
    brand_id: int


@dataclass(frozen=True, kw_only=True)
class AuthorisationSubmitted(AuthorisationFact):
    """A seller asks to be recognised as authorised."""

    name: ClassVar[str] = "sellers.authorisation.submitted"


@dataclass(frozen=True, kw_only=True)
class AuthorisationReviewStarted(AuthorisationFact):
    """Somebody looks at it now."""

    name: ClassVar[str] = "sellers.authorisation.review_started"


@dataclass(frozen=True, kw_only=True)
class AuthorisationInfoRequested(AuthorisationFact):
    """Something is missing, and the seller was asked for it."""

    name: ClassVar[str] = "sellers.authorisation.info_requested"


@dataclass(frozen=True, kw_only=True)
class AuthorisationInfoGiven(AuthorisationFact):
    """The seller answered, and the review goes on."""

    name: ClassVar[str] = "sellers.authorisation.info_given"


@dataclass(frozen=True, kw_only=True)
class AuthorisationApproved(AuthorisationFact):
    """The seller may sell the brand within the dates and territory."""

    name: ClassVar[str] = "sellers.authorisation.approved"


@dataclass(frozen=True, kw_only=True)
class AuthorisationRejected(AuthorisationFact):
    """It was not accepted; the seller may submit another."""

    name: ClassVar[str] = "sellers.authorisation.rejected"


@dataclass(frozen=True, kw_only=True)
class AuthorisationForged(AuthorisationFact):
    """The document is a forgery: for enforcement to judge."""

    name: ClassVar[str] = "sellers.authorisation.forged"


@dataclass(frozen=True, kw_only=True)
class AuthorisationWithdrawn(AuthorisationFact):
    """The seller took it back, or did not answer in time."""

    name: ClassVar[str] = "sellers.authorisation.withdrawn"


@dataclass(frozen=True, kw_only=True)
class AuthorisationExpiring(AuthorisationFact):
    """It ends in at most so many days; told once for each of the policy's warnings."""

    name: ClassVar[str] = "sellers.authorisation.expiring"
    days: int = 0


@dataclass(frozen=True, kw_only=True)
class AuthorisationExpired(AuthorisationFact):
    """Its last day has passed."""

    name: ClassVar[str] = "sellers.authorisation.expired"


@dataclass(frozen=True, kw_only=True)
class AuthorisationRevoked(AuthorisationFact):
    """The rights holder or the protection team took it away."""

    name: ClassVar[str] = "sellers.authorisation.revoked"


@dataclass(frozen=True, kw_only=True)
class AuthorisationSuspended(AuthorisationFact):
    """The authorisation that it rests on fell."""

    name: ClassVar[str] = "sellers.authorisation.suspended"


@dataclass(frozen=True, kw_only=True)
class AuthorisationRestored(AuthorisationFact):
    """What it was suspended for was put right."""

    name: ClassVar[str] = "sellers.authorisation.restored"


@dataclass(frozen=True, kw_only=True)
class AuthorisationConfirmed(AuthorisationFact):
    """The rights holder says that the letter is its own."""

    name: ClassVar[str] = "sellers.authorisation.confirmed"


@dataclass(frozen=True, kw_only=True)
class AuthorisationContested(AuthorisationFact):
    """The rights holder says that the letter is not its own."""

    name: ClassVar[str] = "sellers.authorisation.contested"


@dataclass(frozen=True, kw_only=True)
class AuthorisationSuperseded(AuthorisationFact):
    """A renewed one took its place."""

    name: ClassVar[str] = "sellers.authorisation.superseded"
