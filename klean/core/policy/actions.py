"""Policy is data: a file in ``policy/`` is published once and never changes after."""

import hashlib
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.facts import PolicyPublished
from klean.core.policy.lines import with_line
from klean.core.policy.models import PolicyVersion
from klean.core.rows.refusals import Refused

Check = Callable[[Any], list[str]]
_checks: dict[str, Check] = {}


def check_section(section: str, check: Check) -> None:
    """Before a policy is published, ``check`` names what is wrong with its section; for an app's ``ready``."""
    _checks[section] = check


def checked_policy(name: str, text: bytes) -> dict[str, Any]:
    """What a policy file says, when every section can be worked with; else refused with all that is wrong."""
    try:
        body = tomllib.loads(text.decode())
    except ValueError as error:
        raise Refused(f"{name}: {error}", code="policy_fault") from error
    faults = [
        fault for section, check in _checks.items() if section in body for fault in check(body[section])
    ]
    if not isinstance(body.get("in_force_from"), datetime) or body["in_force_from"].tzinfo is None:
        faults.append("in_force_from is no date and time with its zone, like 2026-01-01T00:00:00+09:00")
    if faults:
        faults = [with_line(fault, text.decode()) for fault in faults]
        raise Refused(f"{name}: {'; '.join(faults)}", code="policy_fault")
    return body


def publish_policy(path: Path, *, at: datetime, actor: Actor) -> PolicyVersion:
    """Publish a policy file under its name; the same file again changes nothing, another under its name is refused."""
    return publish_policy_text(path.stem, path.read_bytes(), at=at, actor=actor)


@transaction.atomic
def publish_policy_text(name: str, text: bytes, *, at: datetime, actor: Actor) -> PolicyVersion:
    """``publish_policy`` for a text that is in no file."""
    digest = hashlib.sha256(text).hexdigest()
    body = checked_policy(name, text)
    version, is_new = PolicyVersion.objects.get_or_create(
        name=name,
        defaults={
            "in_force_from": body.pop("in_force_from"),
            "body": body,
            "sha256": digest,
            "published_at": at,
        },
    )
    if is_new:
        record(PolicyPublished(policy=version.name, sha256=digest), about=version, actor=actor)
    elif version.sha256 != digest:
        raise Refused(
            _("%(name)s differs from what was published under this name. Publish it under a new name.")
            % {"name": name}
        )
    return version
