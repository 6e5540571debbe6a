"""The evidence bundle: a ZIP whose manifest names every file by its SHA-256, the same bytes each time it is made."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

FORMAT = "klean-evidence-bundle/1"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig.json"
STAMP = "manifest.tsr"
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: one text for one value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def lines(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(canonical(row) + b"\n" for row in rows)


def manifest_of(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """The manifest: ``about`` beside the list of files, each with its SHA-256 and size."""
    listed = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in sorted(files.items())
    }
    return canonical({"format": FORMAT, "about": about, "files": listed})


def signature_file(public_key: str, signature: bytes) -> bytes:
    return canonical({"algorithm": "Ed25519", "public_key": public_key, "signature": signature.hex()})


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP in their order, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=LONG_AGO)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            bundle.writestr(entry, data)
    return out.getvalue()


def time_stamp_request(digest: bytes) -> bytes:
    """An RFC 3161 request for a stamp over this SHA-256, as DER: version 1, the digest, and the stamper's certificate."""
    start = bytes.fromhex("30390201013031300d060960864801650304020105000420")
    return start + digest + bytes.fromhex("0101ff")
