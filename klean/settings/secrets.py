"""The secrets of a local installation: made once, kept beside its data, readable by its owner alone."""

import json
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet


def kept_secrets(folder: Path) -> dict[str, str]:
    """What this installation has kept; two first runs at once end with the same secrets."""
    kept = folder / "secrets.json"
    if not kept.exists():
        _make(kept)
    found: dict[str, str] = json.loads(kept.read_text())
    return found


def _make(kept: Path) -> None:
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = {"secret_key": secrets.token_urlsafe(50), "field_key": Fernet.generate_key().decode()}
    with tempfile.NamedTemporaryFile("w", dir=kept.parent) as file:
        json.dump(fresh, file)
        file.flush()
        try:
            os.link(file.name, kept)
        except FileExistsError:
            pass
