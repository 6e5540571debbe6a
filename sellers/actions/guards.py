"""What an authorisation must fulfil whenever somebody asks for it or grants it."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.rows.refusals import Refused
from sellers.facts import AboutAuthorisation
from sellers.models import BrandAuthorisation
from sellers.queries.checks import faults_of, ground_faults_of

WORDS: dict[str, Promise] = {
    "dates_reversed": _("The last day lies before the first."),
    "already_over": _("The last day has passed: send a letter that is still valid."),
    "no_territory": _("Name at least one country, or the whole world."),
    "too_deep": _("Too many letters lie between the rights holder and this seller."),
    "other_brand": _("The letter that this one rests on is for another brand."),
    "dates_outside": _("The dates go beyond those of the letter that this one rests on."),
    "territory_outside": _("The territory goes beyond that of the letter that this one rests on."),
    "classes_outside": _("The Nice classes go beyond those of the letter that this one rests on."),
    "channels_outside": _("The sales channels go beyond those of the letter that this one rests on."),
    "circular": _("The chain of letters comes back to this seller."),
    "grantee_other": _("The letter is made out to somebody else than this shop or its business."),
    "grantor_other": _(
        "It is signed by neither the owner of the right nor the holder of the letter it rests on."
    ),
    "no_owner": _("No rights holder stands behind this brand yet."),
    "owner_unverified": _("The rights holder of this brand has not been verified yet."),
    "no_live_right": _("No right that is tied to this brand is in force in the register."),
    "classes_beyond_right": _("The Nice classes go beyond those of the right behind this brand."),
    "contested": _("The rights holder says that this letter is not its own."),
}


def refuse_faults(asked: BrandAuthorisation, *, at: datetime, with_ground: bool = False) -> None:
    """Refuse, naming every fault, what may not be granted on that day; who asks need not know what it stands on."""
    parent = asked.parent
    if parent and parent.state not in BrandAuthorisation.IN_FORCE:
        raise Refused(_("The letter that this one rests on is not in force."), code="parent_not_in_force")
    if found := [*faults_of(asked, at=at), *(ground_faults_of(asked, at=at) if with_ground else [])]:
        raise Refused(" ".join(str(WORDS[code]) for code in found), code=found[0])


def refuse_own(authorisation: BrandAuthorisation, *, actor: Actor) -> None:
    if authorisation.submitted_by == str(actor):
        raise Refused(_("You filed this yourself: somebody else has to decide it."), code="own_submission")


def record_about(
    fact: type[AboutAuthorisation], authorisation: BrandAuthorisation, *, at: datetime, actor: Actor
) -> None:
    record(fact_about(fact, authorisation), about=authorisation, at=at, actor=actor)


def fact_about(fact: type[AboutAuthorisation], authorisation: BrandAuthorisation) -> AboutAuthorisation:
    return fact(
        authorisation_id=authorisation.pk,
        seller=authorisation.seller.external_id,
        seller_id=authorisation.seller_id,
        brand=authorisation.brand.name,
        brand_id=authorisation.brand_id,
    )
