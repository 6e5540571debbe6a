#!/usr/bin/env python3
"""Checks an evidence bundle of Klean with Python's standard library alone: python verify_bundle.py BUNDLE.zip

Exit 0 when every file is as the manifest says, every event fits its hash and every custody chain is whole;
exit 1 naming each fault; exit 2 when the file is no bundle at all.
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
MOST_BYTES = 2 * 1024**3


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def faults_of_files(bundle: zipfile.ZipFile, listed: dict[str, Any]) -> Iterator[str]:
    found = Counter(info.filename for info in bundle.infolist())
    for name, times in sorted(found.items()):
        if times > 1:
            yield f"{name}: is in the bundle {times} times"
        if name != MANIFEST and name not in listed:
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
        last[purchase] = (number + 1, row["hash"])


def faults_of(bundle: zipfile.ZipFile) -> Iterator[str]:
    manifest = json.loads(bundle.read(MANIFEST))
    if manifest["format"] != FORMAT:
        yield f"manifest.json: the format {manifest['format']} is not {FORMAT}"
        return
    files = list(faults_of_files(bundle, manifest["files"]))
    yield from files
    if not files:
        yield from faults_of_events(rows(bundle, "events.jsonl"))
        yield from faults_of_custody(rows(bundle, "custody.jsonl"))


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with zipfile.ZipFile(arguments[0]) as bundle:
            if sum(info.file_size for info in bundle.infolist()) > MOST_BYTES:
                print("The bundle unpacks to more than 2 GiB: not checked.", file=sys.stderr)
                return 2
            faults = list(faults_of(bundle))
            count = len(bundle.namelist()) - 1
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        print(f"{arguments[0]} is no evidence bundle: {error}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    if not faults:
        print(
            f"Sound: {count} files are as the manifest says, and every event and custody entry fits its hash."
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
