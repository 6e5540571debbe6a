"""Policies as texts, from which the next draft begins."""

import hashlib
from pathlib import Path

from django.conf import settings

from governance.models import PolicyDraft
from klean.core.policy.models import PolicyVersion


def text_of_policy(version: PolicyVersion) -> str:
    """The text that was published: the draft's, or that of the project's file when it is the same; else ``""``."""
    draft = PolicyDraft.objects.filter(version=version).first()
    if draft:
        return draft.text
    path = Path(settings.BASE_DIR, "policy", f"{version.name}.toml")
    text = path.read_bytes() if path.is_file() else b""
    return text.decode() if hashlib.sha256(text).hexdigest() == version.sha256 else ""
