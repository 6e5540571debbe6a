"""Each way of tampering with a bundle and with the custody chain, tried."""

import hashlib
import json
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from klean.core.documents.actions import change_signing_key
from klean.core.documents.models import SigningKey
from klean.core.files.store import path_of
from klean.core.rows.refusals import Refused
from legal.actions.bundles import make_bundle, stamp_bundle
from legal.actions.matters import open_matter
from legal.models import Matter
from mystery_shop.models import custody_fault
from tests import make
from tests.fixtures import NOON, TESTER
from tests.legal.test_matters import verify


@pytest.fixture
def matter(policy, person, deliver_events, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    case = make.decision().case
    shopper = person("inspector", organisation=make.body().organisation)
    make.judged(make.opened_purchase(case.listing, shopper=shopper))
    deliver_events()
    return open_matter(Matter.Kind.CIVIL, "하늘 대 강남딜", case=case, at=NOON, actor=TESTER)


@pytest.fixture
def bundle(matter):
    return make_bundle(matter, at=NOON, actor=TESTER)


@pytest.fixture
def files(bundle):
    with zipfile.ZipFile(path_of(bundle.file)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture
def check(tmp_path):
    def written(files, *key):
        path = tmp_path / "tampered.zip"
        with zipfile.ZipFile(path, "w") as new:
            for name, data in files.items():
                new.writestr(name, data)
        return verify(path, *key)

    return written


def resealed(files, name, data, key=None):
    """As somebody who knows the format would write it: the manifest follows, and is signed with a key of their own."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    text = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    changed = {**files, name: data, "manifest.json": text}
    if key:
        signature = {
            "algorithm": "Ed25519",
            "public_key": key.public_key().public_bytes_raw().hex(),
            "signature": key.sign(text).hex(),
        }
        changed["manifest.sig.json"] = json.dumps(signature).encode()
    return changed


def test_a_bundle_bears_the_signature_of_the_published_key(bundle, browser_of, person):
    published = SigningKey.objects.get().public
    assert verify(path_of(bundle.file), published)[0] == 0
    assert published in browser_of(person("consumer")).get("/signing-keys.txt").text


def test_a_bundle_still_verifies_against_its_key_after_the_key_was_changed(bundle, matter):
    new = change_signing_key("a regular change", at=NOON, actor=TESTER)
    later = make_bundle(matter, at=NOON, actor=TESTER)
    assert (
        verify(path_of(bundle.file), bundle.key.public)[0],
        verify(path_of(later.file), new.public)[0],
    ) == (0, 0)
    assert verify(path_of(bundle.file), new.public)[0] == 1


def test_every_file_of_a_bundle_is_named_when_one_byte_of_it_changes(files, check):
    for name, data in files.items():
        changed = data[:-1] + bytes([data[-1] ^ 1]) if data else b"x"
        code, message = check({**files, name: changed})
        assert code in (1, 2), name
        if name not in ("manifest.json", "manifest.sig.json"):
            assert (code, f"{name}: was changed" in message) == (1, True)


def test_every_file_of_a_bundle_is_missed_when_it_is_left_out(files, check):
    for name in files:
        code, message = check({other: data for other, data in files.items() if other != name})
        assert code in (1, 2), name
        assert name in message


@pytest.mark.parametrize("name", ["extra.txt", "pictures/new.jpg", "manifest.json.bak"])
def test_an_added_file_is_named(files, check, name):
    assert check({**files, name: b"x"}) == (1, f"{name}: was added, the manifest does not name it\n")


def test_a_manifest_that_was_rewritten_does_not_fit_its_signature(files, check):
    changed = files["decisions.json"].replace(b"INFRINGING", b"NOT_INFRINGING")
    code, message = check(resealed(files, "decisions.json", changed))
    assert (code, message) == (1, "manifest.sig.json: the signature does not fit the manifest\n")


def test_a_bundle_that_somebody_else_signed_is_told_from_the_published_key(files, check):
    changed = files["decisions.json"].replace(b"INFRINGING", b"NOT_INFRINGING")
    forged = resealed(files, "decisions.json", changed, Ed25519PrivateKey.generate())
    code, message = check(forged, SigningKey.objects.get().public)
    assert code == 1
    assert "was made with the key" in message


FIELDS = [
    "purchase",
    "kind",
    "texts",
    "happened_at",
    "seal_number",
    "is_seal_intact",
    "photo_sha256",
    "video_sha256",
    "weight",
    "certificate_sha256",
    "recorded_by",
    "recorded_at",
]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_a_custody_entry_is_sealed_by_its_hash(files, check, field):
    rows = [json.loads(line) for line in files["custody.jsonl"].splitlines()]
    rows[1]["entry"][field] = {"is_seal_intact": False, "weight": 7, "purchase": 10**6, "texts": {}}.get(
        field, "another"
    )
    data = b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)
    code, message = check(resealed(files, "custody.jsonl", data, Ed25519PrivateKey.generate()))
    assert code == 1
    assert "does not fit its hash" in message


@pytest.mark.parametrize("name", ["from_party", "to_party", "place", "note"])
def test_a_text_of_a_custody_entry_is_sealed_by_its_commitment_and_may_be_gone(files, check, name):
    def with_text(change):
        rows = [json.loads(line) for line in files["custody.jsonl"].splitlines()]
        change(rows[1]["said"])
        data = b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)
        return check(resealed(files, "custody.jsonl", data, Ed25519PrivateKey.generate()))

    code, message = with_text(lambda texts: texts[name].update(text="another"))
    assert (code, f"the {name} of entry 2" in message) == (1, True)
    assert with_text(lambda texts: texts[name].update(salt="0" * 32))[0] == 1
    assert with_text(lambda texts: texts.update(elsewhere={"text": "x", "salt": ""}))[0] == 1
    assert with_text(lambda texts: texts.pop(name))[0] == 0


@pytest.mark.parametrize("change", ["left out", "swapped", "doubled", "first left out", "renumbered"])
def test_custody_entries_cannot_be_left_out_swapped_doubled_or_renumbered(files, check, change):
    rows = files["custody.jsonl"].splitlines(keepends=True)
    changed = {
        "left out": rows[:2] + rows[3:],
        "swapped": [rows[1], rows[0], *rows[2:]],
        "doubled": [rows[0], *rows],
        "first left out": rows[1:],
        "renumbered": [rows[0].replace(b'"number":1', b'"number":2'), *rows[1:]],
    }[change]
    code, message = check(resealed(files, "custody.jsonl", b"".join(changed), Ed25519PrivateKey.generate()))
    assert code == 1
    assert "custody.jsonl: entry" in message


def test_the_last_custody_entries_cannot_be_cut_off_unseen(files, check):
    rows = files["custody.jsonl"].splitlines(keepends=True)
    code, message = check(resealed(files, "custody.jsonl", b"".join(rows[:-1]), Ed25519PrivateKey.generate()))
    assert code == 1
    assert "the log knows of 5" in message


def test_an_event_left_out_of_the_middle_is_found_where_its_neighbours_are_there(files, check):
    rows = files["events.jsonl"].splitlines(keepends=True)
    changed = [row.replace(b"mystery_shop.verdict.given", b"mystery_shop.verdict.taken") for row in rows]
    code, message = check(resealed(files, "events.jsonl", b"".join(changed), Ed25519PrivateKey.generate()))
    assert code == 1
    assert "does not fit its hash" in message


def test_custody_that_was_rewritten_in_the_database_makes_the_chain_fail(matter):
    entries = list(matter.case.listing.test_purchases.get().custody.order_by("number"))
    entries[2].place = "elsewhere"
    assert custody_fault(entries) == "entry 3 was changed after it was sealed: place"
    assert custody_fault(entries[:2] + entries[3:]) == "entry 3 is missing"


def test_a_time_stamp_is_kept_only_over_this_manifest(bundle, tmp_path):
    with pytest.raises(Refused, match="no time-stamp"):
        stamp_bundle(bundle, b"0\x82" + b"x" * 100, at=NOON, actor=TESTER)
    stamped = stamp_bundle(
        bundle, b"0\x82" + bytes.fromhex(bundle.manifest_sha256) + b"rest", at=NOON, actor=TESTER
    )
    assert verify(path_of(stamped.packed))[0] == 0
    with zipfile.ZipFile(path_of(stamped.packed)) as packed:
        assert "manifest.tsr" in packed.namelist()


def test_a_time_stamp_of_another_bundle_is_named(files, check):
    assert check({**files, "manifest.tsr": b"0\x82 of another"}) == (
        1,
        "manifest.tsr: the time-stamp is of another manifest\n",
    )


def test_the_index_is_a_pdf_with_hangul_and_the_same_each_time(files, matter):
    assert files["index.pdf"].startswith(b"%PDF-")
    assert b"NotoSansKR" in files["index.pdf"]
    again = make_bundle(matter, at=NOON, actor=TESTER)
    with zipfile.ZipFile(path_of(again.file)) as packed:
        assert len(packed.read("index.pdf")) > 1000


def test_the_page_as_seen_is_in_the_bundle(files, matter):
    page = files[f"pages/listing-{matter.case.listing_id}.html"].decode()
    assert "Haneul leather bag, mirror grade" in page
    assert "<script" not in page
