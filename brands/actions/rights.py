"""Who speaks for a brand, and by which right."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from brands.facts import BrandRightsChanged, IPRightRegistered, RightsHolderRegistered, RightsHolderVerified
from brands.models import Brand, IPRight, RightsHolder
from brands.rules.numbers import EXAMPLES, needs_number, normal_number, wrong_nice_classes
from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.files.documents import keep_document
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused


@transaction.atomic
def register_rights_holder(
    organisation: Organisation,
    *,
    name: str,
    country: str = "",
    contact_email: str = "",
    verified_at: datetime | None = None,
    at: datetime,
    actor: Actor,
) -> RightsHolder:
    """Let an organisation speak for brands; once it may, saying so again changes nothing."""
    if organisation.kind != Organisation.Kind.RIGHTS_HOLDER:
        raise Refused(_("%(name)s is no rights holder's organisation.") % {"name": organisation.name})
    holder, is_new = RightsHolder.objects.get_or_create(
        organisation=organisation,
        defaults={
            "name": name,
            "country": country,
            "contact_email": contact_email,
            "verified_at": verified_at,
        },
    )
    if is_new:
        record(RightsHolderRegistered(rights_holder_id=holder.pk), about=holder, at=at, actor=actor)
    return holder


@transaction.atomic
def apply_as_rights_holder(
    organisation: Organisation,
    *,
    name: str,
    country: str,
    contact_email: str,
    representative: str,
    power_of_attorney: bytes | None = None,
    is_agent: bool = False,
    at: datetime,
    actor: Actor,
) -> RightsHolder:
    """Ask to speak for brands: an agent shows the owner's power of attorney; the protection team checks who asks."""
    if is_agent and not power_of_attorney:
        raise Refused(_("An agent shows the owner's power of attorney."), code="power_of_attorney_missing")
    lock_row(Organisation, organisation.pk)
    if RightsHolder.objects.filter(organisation=organisation).exists():
        raise Refused(_("%(name)s has applied already.") % {"name": organisation.name}, code="duplicate")
    kept = keep_document(power_of_attorney, at=at) if power_of_attorney else None
    holder = register_rights_holder(
        organisation, name=name, country=country, contact_email=contact_email, at=at, actor=actor
    )
    holder.representative, holder.is_agent, holder.power_of_attorney = representative, is_agent, kept
    holder.applied_at = at
    holder.save()
    return holder


@transaction.atomic
def verify_rights_holder(holder: RightsHolder, *, at: datetime, actor: Actor) -> RightsHolder:
    """Note that somebody checked who speaks for it; nobody does so for an organisation of their own."""
    holder = lock_row(RightsHolder, holder.pk)
    if holder.organisation.memberships.filter(user=actor.person_id).exists():
        raise Refused(_("Somebody outside of the organisation has to check it."), code="own_organisation")
    if holder.verified_at is None:
        holder.verified_at, holder.verified_by = at, str(actor)
        holder.save(update_fields=["verified_at", "verified_by"])
        record(RightsHolderVerified(rights_holder_id=holder.pk), about=holder, at=at, actor=actor)
    return holder


@transaction.atomic
def register_ip_right(
    holder: RightsHolder,
    kind: IPRight.Kind,
    *,
    title: str,
    number: str = "",
    nice_classes: list[int] | None = None,
    registered_on: date | None = None,
    expires_on: date | None = None,
    evidence: bytes | None = None,
    brands: Iterable[Brand] = (),
    at: datetime,
    actor: Actor,
) -> IPRight:
    """Note a right by its number, checked by form for its kind; a right with no register entry has no number.

    It stands behind the brands named, which have to be the holder's. The register is asked about it next; for what no register holds, somebody looks at the evidence.
    """
    covered = _own(holder, brands)
    normal = checked_number(kind, number)
    classes = sorted(set(nice_classes or []))
    if wrong := wrong_nice_classes(classes):
        raise Refused(
            _("Nice classes go from 1 to 45, not %(wrong)s.") % {"wrong": ", ".join(map(str, wrong))}
        )
    if registered_on and expires_on and expires_on <= registered_on:
        raise Refused(_("The right expires before it is registered."))
    lock_row(RightsHolder, holder.pk)
    if normal and holder.ip_rights.filter(kind=kind, number=normal).exists():
        raise Refused(_("You have already registered %(number)s.") % {"number": normal}, code="duplicate")
    right = IPRight.objects.create(
        rights_holder=holder,
        kind=kind,
        number=normal,
        title=title,
        nice_classes=classes,
        registered_on=registered_on,
        expires_on=expires_on,
        due_at=at if needs_number(kind) else None,
        evidence=keep_document(evidence, at=at) if evidence else None,
    )
    fact = IPRightRegistered(
        ip_right_id=right.pk, rights_holder_id=holder.pk, kind=right.kind, number=right.number
    )
    record(fact, about=right, at=at, actor=actor)
    right.brands.set(covered)
    return right


@transaction.atomic
def tie_rights(brand: Brand, rights: Collection[IPRight], *, at: datetime, actor: Actor) -> Brand:
    """Let these rights stand behind the brand, and no other; the same again says nothing."""
    brand = lock_row(Brand, brand.pk)
    wanted = {right.pk for right in rights if right.rights_holder_id == brand.rights_holder_id}
    if len(wanted) < len({right.pk for right in rights}):
        raise Refused(_("Only rights of the brand's own rights holder stand behind it."), code="other_holder")
    if wanted != set(brand.ip_rights.values_list("pk", flat=True)):
        brand.ip_rights.set(wanted)
        record(
            BrandRightsChanged(brand=brand.name, brand_id=brand.pk, ip_right_ids=sorted(wanted)),
            about=brand,
            at=at,
            actor=actor,
        )
    return brand


def _own(holder: RightsHolder, brands: Iterable[Brand]) -> list[Brand]:
    own = list(brands)
    if any(brand.rights_holder_id != holder.pk for brand in own):
        raise Refused(_("A right stands only behind brands of its own rights holder."), code="other_holder")
    return own


def checked_number(kind: IPRight.Kind, number: str) -> str:
    """The number as the register writes it; refused when its form is not that of the kind."""
    normal = normal_number(kind, number)
    if normal is not None:
        return normal
    words = {"kind": kind.label, "example": EXAMPLES.get(kind, "")}
    if not number.strip():
        raise Refused(_("A %(kind)s has a number, like %(example)s.") % words, code="number_missing")
    if kind == IPRight.Kind.UNREGISTERED:
        raise Refused(_("An unregistered right has no number: choose the kind that the number belongs to."))
    form = (
        _("This is no number of a %(kind)s. It looks like %(example)s.")
        if needs_number(kind)
        else _(
            "This is no %(kind)s registration number. It looks like %(example)s; leave it empty if you have none."
        )
    )
    raise Refused(form % words, code="number_form")
