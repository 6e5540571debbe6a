#!/usr/bin/env python3
"""Checks an evidence bundle of Klean with Python's standard library alone: python verify_bundle.py BUNDLE.zip [KEY]

Exit 0 when the manifest bears its signature, every file is as the manifest says, every event fits its hash and every
custody chain is whole; exit 1 naming each fault; exit 2 when the file is no bundle at all. KEY is the public key in hex
as its maker publishes it under /signing-keys: without it, a bundle that somebody else made and signed would pass as well.
"""

import hashlib
import json
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

FORMAT = "klean-evidence-bundle/1"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig.json"
STAMP = "manifest.tsr"
BESIDE = {MANIFEST, SIGNATURE, STAMP}
MOST_BYTES = 2 * 1024**3


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


# Ed25519 as in RFC 8032, section 5.1; points are (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def added(a: Point, b: Point) -> Point:
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, z - t, z + t, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = added(total, point)
        point, number = added(point, point), number >> 1
    return total


def same(a: Point, b: Point) -> bool:
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_of(data: bytes) -> Point | None:
    """The point that 32 bytes encode; None when they encode none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature over the message was made with the private half of the key."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, first = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if public is None or first is None or BASE is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return same(times(s, BASE), added(first, times(h, public)))


def faults_of_signature(bundle: zipfile.ZipFile, expected_key: str) -> Iterator[str]:
    if SIGNATURE not in bundle.namelist():
        yield f"{SIGNATURE}: is missing, nobody has signed this"
        return
    said, manifest = json.loads(bundle.read(SIGNATURE)), bundle.read(MANIFEST)
    key = said["public_key"]
    if said["algorithm"] != "Ed25519" or not is_signed(
        bytes.fromhex(key), manifest, bytes.fromhex(said["signature"])
    ):
        yield f"{SIGNATURE}: the signature does not fit the manifest"
    if expected_key and key != expected_key.strip().lower():
        yield f"{SIGNATURE}: was made with the key {key}, not with {expected_key}"
    # Whose clock it is, openssl can tell: openssl ts -verify -data manifest.json -in manifest.tsr -CAfile ...
    if STAMP in bundle.namelist() and hashlib.sha256(manifest).digest() not in bundle.read(STAMP):
        yield f"{STAMP}: the time-stamp is of another manifest"


def faults_of_files(bundle: zipfile.ZipFile, listed: dict[str, Any]) -> Iterator[str]:
    found = Counter(info.filename for info in bundle.infolist())
    for name, times in sorted(found.items()):
        if times > 1:
            yield f"{name}: is in the bundle {times} times"
        if name not in BESIDE and name not in listed:
            yield f"{name}: was added, the manifest does not name it"
    for name, said in sorted(listed.items()):
        if name not in found:
            yield f"{name}: is missing"
            continue
        try:
            data = bundle.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            yield f"{name}: cannot be read ({error})"
            continue
        if len(data) != said["size"] or sha256(data) != said["sha256"]:
            yield f"{name}: was changed, its SHA-256 is not what the manifest says"


def rows(bundle: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    if name not in bundle.namelist():
        return []
    return [json.loads(line) for line in bundle.read(name).decode().splitlines()]


def faults_of_events(events: list[dict[str, Any]]) -> Iterator[str]:
    before: dict[str, Any] | None = None
    for event in events:
        position, text = event["position"], event["text"]
        sealed = json.loads(text)
        if sha256(text.encode()) != event["hash"]:
            yield f"events.jsonl: the event at position {position} does not fit its hash"
        if sealed[0] != position:
            yield f"events.jsonl: the event at position {position} says that it is at {sealed[0]}"
        if before and before["position"] == position - 1 and sealed[1] != before["hash"]:
            yield f"events.jsonl: the event at position {position} does not follow the one before it"
        before = event


def faults_of_custody(entries: list[dict[str, Any]]) -> Iterator[str]:
    last: dict[int, tuple[int, str]] = {}
    for row in entries:
        entry = row["entry"]
        purchase, number = entry["purchase"], entry["number"]
        expected_number, expected_hash = last.get(purchase, (1, ""))
        if number != expected_number or row["previous_hash"] != expected_hash:
            yield f"custody.jsonl: entry {number} of purchase {purchase} does not follow the one before it"
        if sha256(canonical({**entry, "previous_hash": row["previous_hash"]})) != row["hash"]:
            yield f"custody.jsonl: entry {number} of purchase {purchase} does not fit its hash"
        for name, said in row["said"].items():
            if sha256(f"{said['salt']}:{said['text']}".encode()) != entry["texts"].get(name):
                yield f"custody.jsonl: the {name} of entry {number} of purchase {purchase} was changed"
        last[purchase] = (number + 1, row["hash"])


def faults_of_count(events: list[dict[str, Any]], entries: list[dict[str, Any]]) -> Iterator[str]:
    """The event log says how many custody entries a purchase has: the last ones cannot be cut off unseen."""
    told = Counter(
        e["text"].count('"mystery_shop.custody.recorded"') and json.loads(e["text"])[3] for e in events
    )
    found = Counter(row["entry"]["purchase"] for row in entries)
    for subject, count in sorted((str(subject), count) for subject, count in told.items() if subject):
        purchase = int(subject.rpartition(":")[2])
        if found[purchase] != count:
            yield f"custody.jsonl: entry {found[purchase]} of purchase {purchase} is the last, the log knows of {count}"


def faults_of(bundle: zipfile.ZipFile, expected_key: str) -> Iterator[str]:
    manifest = json.loads(bundle.read(MANIFEST))
    if manifest["format"] != FORMAT:
        yield f"manifest.json: the format {manifest['format']} is not {FORMAT}"
        return
    yield from faults_of_signature(bundle, expected_key)
    files = list(faults_of_files(bundle, manifest["files"]))
    yield from files
    if not files:
        events, custody = rows(bundle, "events.jsonl"), rows(bundle, "custody.jsonl")
        yield from faults_of_events(events)
        yield from faults_of_custody(custody)
        yield from faults_of_count(events, custody)


def signer_of(bundle: zipfile.ZipFile) -> str:
    return str(json.loads(bundle.read(SIGNATURE))["public_key"]) if SIGNATURE in bundle.namelist() else ""


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with zipfile.ZipFile(arguments[0]) as bundle:
            if sum(info.file_size for info in bundle.infolist()) > MOST_BYTES:
                print("The bundle unpacks to more than 2 GiB: not checked.", file=sys.stderr)
                return 2
            faults = list(faults_of(bundle, "".join(arguments[1:])))
            count, key = len(set(bundle.namelist()) - BESIDE), signer_of(bundle)
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        print(f"{arguments[0]} is no evidence bundle: {error}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    if not faults:
        print(
            f"Sound: {count} files are as the manifest says, and every event and custody entry fits its hash."
        )
        print(
            f"Signed with the key {key}"
            + ("." if arguments[1:] else ": compare it with what its maker publishes.")
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
