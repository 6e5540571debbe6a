"""Policy is data: a file in ``policy/`` is published once and never changes after."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.facts import PolicyPublished
from klean.core.policy.models import PolicyVersion
from klean.core.policy.texts import checked_policy
from klean.core.rows.refusals import Refused


def publish_policy(path: Path, *, at: datetime, actor: Actor) -> PolicyVersion:
    """Publish a policy file under its name; the same file again changes nothing, another under its name is refused."""
    return publish_policy_text(path.stem, path.read_bytes(), at=at, actor=actor)


@transaction.atomic
def publish_policy_text(name: str, text: bytes, *, at: datetime, actor: Actor) -> PolicyVersion:
    """``publish_policy`` for a text that is in no file."""
    digest = hashlib.sha256(text).hexdigest()
    if published := PolicyVersion.objects.filter(name=name, sha256=digest).first():
        # What a later release asks of new texts is not asked of this one again.
        return published
    checked = checked_policy(name, text)
    version, is_new = PolicyVersion.objects.get_or_create(
        name=name,
        defaults={
            "in_force_from": checked.in_force_from,
            "body": checked.body,
            "sha256": digest,
            "published_at": at,
        },
    )
    if is_new:
        record(PolicyPublished(policy=version.name, sha256=digest), about=version, at=at, actor=actor)
    elif version.sha256 != digest:
        raise Refused(
            _("%(name)s differs from what was published under this name. Publish it under a new name.")
            % {"name": name},
            code="published_otherwise",
        )
    return version
