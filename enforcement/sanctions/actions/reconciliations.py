"""Making sure that the marketplace carries out what was decided."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from enforcement.sanctions.models import Reconciliation
from enforcement.sanctions.queries.effects import unacknowledged
from klean.core.access.models import Organisation
from klean.core.events.actors import Actor
from klean.core.events.models import Event
from klean.core.operations.wake import wake
from klean.core.rows.locks import lock_name
from klean.core.rows.refusals import Refused


@transaction.atomic
def reconcile_effects(
    organisation: Organisation, position: int, *, at: datetime, actor: Actor
) -> Reconciliation:
    """The marketplace says that it has carried out the event feed up to here; it never goes back."""
    lock_name(f"reconciliation {organisation.pk}")
    if not Event.objects.filter(position=position).exists():
        raise Refused(_("This position is not in the event feed."), code="unknown_position")
    known = Reconciliation.objects.filter(organisation=organisation).first()
    if known is not None and known.position >= position:
        return known
    return Reconciliation.objects.update_or_create(
        organisation=organisation, defaults={"position": position, "reported_at": at}
    )[0]


def retry_effects(*, at: datetime, actor: Actor) -> int:
    """Tell what is unacknowledged again, now; answers how many."""
    rows = unacknowledged().filter(endpoint__disabled_at=None)
    pks = list(rows.values_list("pk", flat=True))
    retried = rows.model._default_manager.filter(pk__in=pks, delivered_at=None).update(due_at=at)
    wake("klean.core.webhooks.tasks.send_webhooks")
    return retried
