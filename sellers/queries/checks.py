"""What speaks for and against an authorisation, each check on its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brands.models import IPRight
from brands.queries import rights_behind
from brands.rules.owners import bare_name
from klean.core.policy.queries import day_of, policy_at
from sellers.models import BrandAuthorisation, Seller
from sellers.queries.copies import copies_of
from sellers.rules.nesting import Grant, Ground, covers, faults, ground_faults
from sellers.rules.policy import Authorisations
from sellers.rules.territories import KOREA

CHAIN_END = 20
NO_RESIDENT_NUMBER = "no_resident_number"
# What only a person can see, and has to tick or fail before a letter with a document is approved.
TO_TICK = {
    "names_seller": _("The letter names this shop or its business as the one authorised"),
    "names_brand": _("The letter names this brand"),
    "dates_agree": _("The dates and countries are those of the letter"),
    "signed": _("It is signed or sealed by the grantor"),
    "unaltered": _("Nothing in it looks altered"),
    NO_RESIDENT_NUMBER: _(
        "No resident registration number shows in it, also not in a picture or in handwriting"
    ),
}


def faults_of(authorisation: BrandAuthorisation, *, at: datetime) -> list[str]:
    """Codes of what forbids to grant it at that time; it need not be saved yet."""
    parent = authorisation.parent
    return faults(
        _grant_of(authorisation),
        _grant_of(parent) if parent else None,
        on=day_of(at),
        max_depth=policy_at(at)[Authorisations].max_depth,
    )


def ground_faults_of(authorisation: BrandAuthorisation, *, at: datetime) -> list[str]:
    """Codes of what is wrong with who grants it in the end, and by which rights."""
    ground = _ground_of(authorisation, day_of(at))
    found = ground_faults(_grant_of(authorisation), ground)
    contested = authorisation.holder_answer == BrandAuthorisation.Answer.CONTESTED
    return [*found, "contested"] if contested else found


def _ground_of(authorisation: BrandAuthorisation, day: date) -> Ground:
    """Who stands behind the chain: the owner of the rights that are tied to the brand, or its agent."""
    brand, parent = authorisation.brand, authorisation.parent
    holder = brand.rights_holder
    if holder is None:
        return Ground()
    grantors = _names_of(parent.seller) if parent else [holder.name, holder.organisation.name]
    live = [right for right in rights_behind(brand) if right.is_live(day)]
    marks = [right for right in live if right.kind == IPRight.Kind.TRADEMARK]
    is_limited = bool(marks) and all(right.nice_classes for right in marks)
    classes = {number for right in marks for number in right.nice_classes} if is_limited else set()
    return Ground(
        has_owner=True,
        is_verified=holder.verified_at is not None,
        has_live_right=bool(live),
        nice_classes=classes,
        grantors=[bare_name(name) for name in grantors],
    )


def _names_of(seller: Seller) -> list[str]:
    return [seller.name, *([seller.trader_entity.name] if seller.trader_entity else [])]


def _grant_of(authorisation: BrandAuthorisation) -> Grant:
    above = _above(authorisation)
    return Grant(
        brand_id=authorisation.brand_id,
        valid_from=authorisation.valid_from,
        valid_until=authorisation.valid_until,
        territory=authorisation.territory,
        nice_classes=authorisation.nice_classes,
        channels=authorisation.channels,
        depth=1 + len(above),
        seller_id=authorisation.seller_id,
        sellers_above=[each.seller_id for each in above],
        grantee=bare_name(authorisation.grantee),
        grantor=bare_name(authorisation.grantor),
        names=[bare_name(name) for name in _names_of(authorisation.seller)],
    )


def _above(authorisation: BrandAuthorisation) -> list[BrandAuthorisation]:
    found: list[BrandAuthorisation] = []
    above = authorisation.parent
    while above and len(found) < CHAIN_END:
        found.append(above)
        above = above.parent
    return found


@dataclass(frozen=True)
class Check:
    """One thing that a reviewer looks for, and whether Klean found it; None where it cannot tell."""

    words: Promise
    is_met: bool | None


def checks_of(authorisation: BrandAuthorisation, *, at: datetime) -> list[Check]:
    """What can be checked beside the document, each on its own."""
    found = {*faults_of(authorisation, at=at), *ground_faults_of(authorisation, at=at)}
    parent, trader = authorisation.parent, authorisation.seller.trader_entity
    nested = {"other_brand", "dates_outside", "territory_outside", "classes_outside", "channels_outside"}
    return [
        Check(_("The last day has not passed"), not found & {"already_over", "dates_reversed"}),
        Check(_("It covers Korea"), covers(authorisation.territory, KOREA)),
        Check(_("The brand has a rights holder here"), "no_owner" not in found),
        Check(_("The rights holder was verified"), not found & {"no_owner", "owner_unverified"}),
        Check(
            _("A right behind this brand is in force in the register"),
            not found & {"no_owner", "no_live_right"},
        ),
        Check(_("The Nice classes are those of the right"), "classes_beyond_right" not in found),
        Check(_("The rights holder does not contest it"), "contested" not in found),
        Check(
            _("The rights holder's own list names this seller"),
            _is_listed(authorisation, day_of(at)),
        ),
        Check(_("The seller's business registration number is known"), trader is not None),
        Check(
            _("The tax office says that the business is active"),
            None if trader is None or trader.business_status == "UNKNOWN" else not trader.has_lapsed,
        ),
        Check(
            _("Its grantor owns the right or holds the letter that it rests on"),
            "grantor_other" not in found if authorisation.grantor else None,
        ),
        Check(
            _("It is made out to this seller"),
            "grantee_other" not in found if authorisation.grantee else None,
        ),
        Check(
            _("The letter it rests on is in force and covers it"),
            parent is None or (parent.state in BrandAuthorisation.IN_FORCE and not found & nested),
        ),
        Check(
            _("The chain is short enough and never comes back to a seller"),
            not found & {"too_deep", "circular"},
        ),
        *_checks_of_document(authorisation),
    ]


def _is_listed(authorisation: BrandAuthorisation, day: date) -> bool | None:
    """By the business registration number, else by the name; None when there is no list."""
    seller, rows = authorisation.seller, list(authorisation.brand.listed_sellers.all())
    number = seller.trader_entity.business_registration_number if seller.trader_entity else None
    names = {bare_name(name) for name in _names_of(seller)}
    running = [row for row in rows if row.valid_until is None or row.valid_until >= day]
    named = any(
        row.business_registration_number == number
        if row.business_registration_number
        else bare_name(row.name) in names
        for row in running
    )
    return named if rows else None


def _checks_of_document(authorisation: BrandAuthorisation) -> list[Check]:
    if authorisation.document is None:
        return []
    reading = getattr(authorisation.document, "reading", None)
    text = bare_name(reading.text) if reading else ""
    seller, brand = authorisation.seller, authorisation.brand
    return [
        Check(_("The document's text names the seller"), _is_in(text, _names_of(seller))),
        Check(_("The document's text names the brand"), _is_in(text, [brand.name, brand.korean_name])),
        Check(_("A computer found no resident registration number in its text"), True if text else None),
        Check(_("No other seller has sent this document or one like it"), not copies_of(authorisation)),
    ]


def _is_in(text: str, names: Sequence[str]) -> bool | None:
    """None when the document has no text to look in."""
    bare = [bare_name(name) for name in names]
    return any(name in text for name in bare if name) if text else None
