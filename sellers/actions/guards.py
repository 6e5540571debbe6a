"""What an authorisation must fulfil whenever somebody asks for it or grants it."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klean.core.actors import Actor
from klean.core.events import record
from klean.core.refusals import Refused
from sellers.facts import AuthorisationFact
from sellers.models import BrandAuthorisation
from sellers.queries import faults_of

WORDS: dict[str, Promise] = {
    "dates_reversed": _("The last day lies before the first."),
    "already_over": _("The last day has passed: send a letter that is still valid."),
    "no_territory": _("Name at least one country, or the whole world."),
    "too_deep": _("Too many letters lie between the rights holder and this seller."),
    "other_brand": _("The letter that this one rests on is for another brand."),
    "dates_outside": _("The dates go beyond those of the letter that this one rests on."),
    "territory_outside": _("The territory goes beyond that of the letter that this one rests on."),
}


def refuse_faults(asked: BrandAuthorisation, *, at: datetime) -> None:
    """Refuse, naming every fault, what may not be granted on that day."""
    parent = asked.parent
    if parent and parent.state not in BrandAuthorisation.IN_FORCE:
        raise Refused(_("The letter that this one rests on is not in force."), code="parent_not_in_force")
    if found := faults_of(asked, at=at):
        raise Refused(" ".join(str(WORDS[code]) for code in found), code=found[0])


def refuse_own(authorisation: BrandAuthorisation, actor: Actor) -> None:
    if authorisation.submitted_by == str(actor):
        raise Refused(_("You filed this yourself: somebody else has to decide it."), code="own_submission")


def tell(fact: type[AuthorisationFact], authorisation: BrandAuthorisation, *, actor: Actor) -> None:
    record(fact_about(fact, authorisation), about=authorisation, actor=actor)


def fact_about(fact: type[AuthorisationFact], authorisation: BrandAuthorisation) -> AuthorisationFact:
    return fact(
        authorisation_id=authorisation.pk,
        seller=authorisation.seller.external_id,
        seller_id=authorisation.seller_id,
        brand=authorisation.brand.name,
        brand_id=authorisation.brand_id,
    )
