import hashlib
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from klean.core.events.models import Event
from klean.core.files.store import path_of
from klean.core.rows.refusals import Refused
from legal.actions.bundles import make_bundle
from legal.actions.matters import move_matter, open_matter, place_hold, release_hold
from legal.models import Bundle, Hold, Matter
from legal.queries.records import standing_holds
from tests import make
from tests.fixtures import NOON, TESTER

STEPS = [(Matter.State(before), Matter.State(after)) for before in Matter.State for after in Matter.State]


@pytest.fixture
def matter(policy):
    """A matter on a decided case whose exhibit was tested."""
    decision = make.decision()
    return open_matter(
        Matter.Kind.CIVIL, "Haneul against Gangnam Deals", case=decision.case, at=NOON, actor=TESTER
    )


@pytest.fixture
def bundle(matter, person, deliver_events, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    make.opened_purchase(
        matter.case.listing, shopper=person("inspector", organisation=make.body().organisation)
    )
    deliver_events()
    return make_bundle(matter, at=NOON, actor=TESTER)


def verify(path: Path, *key: str) -> tuple[int, str]:
    """What the verifier says, run as its user runs it: isolated, with the standard library alone."""
    script = Path(settings.BASE_DIR) / "verify_bundle.py"
    run = subprocess.run(
        [sys.executable, "-I", "-S", script, path, *key], capture_output=True, text=True, check=False
    )
    return run.returncode, run.stdout + run.stderr


def rewritten(bundle: Bundle, folder: Path, *, change=None, drop="", add=None) -> Path:
    """The bundle with one file changed, left out or added, as somebody who tampers would write it."""
    target = folder / "tampered.zip"
    with zipfile.ZipFile(path_of(bundle.file)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name != drop:
                new.writestr(name, change[1](data) if change and change[0] == name else data)
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return target


def test_a_bundle_verifies_with_the_standard_library_alone(bundle):
    code, message = verify(path_of(bundle.file))

    assert (code, message[:5]) == (0, "Sound")
    assert bundle.events > 5


def test_a_bundle_holds_what_when_who_and_how(bundle):
    with zipfile.ZipFile(path_of(bundle.file)) as packed:
        names = set(packed.namelist())
        assert {"manifest.json", "events.jsonl", "custody.jsonl", "listings.json", "decisions.json"} <= names
        assert any(name.endswith(".ko.txt") for name in names)
        assert b'"Haneul leather bag, mirror grade"' in packed.read("listings.json")
        assert packed.read("custody.jsonl").count(b"\n") == 5


@pytest.mark.parametrize("name", ["decisions.json", "listings.json", "events.jsonl", "custody.jsonl"])
def test_a_changed_byte_is_named(bundle, tmp_path, name):
    path = rewritten(bundle, tmp_path, change=(name, lambda data: data.replace(b"a", b"e", 1)))
    code, message = verify(path)

    assert code == 1
    assert f"{name}: was changed" in message


def test_a_missing_file_is_named(bundle, tmp_path):
    assert verify(rewritten(bundle, tmp_path, drop="decisions.json")) == (1, "decisions.json: is missing\n")


def test_an_added_file_is_named(bundle, tmp_path):
    code, message = verify(rewritten(bundle, tmp_path, add={"extra.txt": b"hello"}))
    assert (code, message) == (1, "extra.txt: was added, the manifest does not name it\n")


def test_an_event_rewritten_together_with_the_manifest_still_does_not_fit_its_hash(bundle, tmp_path):

    with zipfile.ZipFile(path_of(bundle.file)) as packed:
        manifest = json.loads(packed.read("manifest.json"))
        events = packed.read("events.jsonl").replace(b"SERIOUS", b"GENERAL")
    manifest["files"]["events.jsonl"] = {"sha256": hashlib.sha256(events).hexdigest(), "size": len(events)}
    step = rewritten(bundle, tmp_path, change=("events.jsonl", lambda _data: events))
    target = tmp_path / "again.zip"
    with zipfile.ZipFile(step) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, json.dumps(manifest) if name == "manifest.json" else old.read(name))
    code, message = verify(target)

    assert code == 1
    assert "does not fit its hash" in message


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04rest"])
def test_what_is_no_bundle_is_told_so(tmp_path, data):
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    assert verify(path)[0] == 2


def test_a_file_twice_in_the_bundle_is_named(bundle, tmp_path):
    data = BytesIO(path_of(bundle.file).read_bytes())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(data, "a") as packed:
        packed.writestr("decisions.json", b"[]")
    path = tmp_path / "twice.zip"
    path.write_bytes(data.getvalue())
    code, message = verify(path)

    assert code == 1
    assert "decisions.json: is in the bundle 2 times" in message


def test_the_reporter_is_not_in_a_bundle(matter, deliver_events, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    make.notice(matter.case.listing, by=make.anonymous("reporter@home.example"))
    deliver_events()
    bundle = make_bundle(matter, at=NOON, actor=TESTER)
    with zipfile.ZipFile(path_of(bundle.file)) as packed:
        assert b'"CONSUMER"' in packed.read("notices.json")
        everything = b"".join(packed.read(name) for name in packed.namelist())
    assert b"reporter@" not in everything
    assert b"home.example" not in everything


def test_a_hold_keeps_every_row_of_the_matter(matter):
    listing = matter.case.listing
    assert standing_holds(listing) == []

    hold = place_hold(matter, "A claim is being prepared.", at=NOON, actor=TESTER)
    assert standing_holds(listing) == standing_holds(matter.case) == [hold]
    assert standing_holds(make.live_listing("other")) == []

    release_hold(matter, at=NOON + timedelta(days=1), actor=TESTER)
    assert standing_holds(listing) == []


def test_a_hold_placed_twice_is_one(matter):
    first = place_hold(matter, "A claim.", at=NOON, actor=TESTER)
    assert place_hold(matter, "Again.", at=NOON, actor=TESTER) == first
    assert Event.objects.filter(name="legal.hold.placed").count() == Hold.objects.count() == 1


def test_a_closed_matter_releases_its_hold_and_takes_no_other(matter):
    place_hold(matter, "A claim.", at=NOON, actor=TESTER)
    for state in ("WITHDRAWN", "CLOSED"):
        move_matter(matter, Matter.State(state), at=NOON, actor=TESTER)

    assert not Hold.objects.filter(released_at=None).exists()
    with pytest.raises(Refused, match="closed"):
        place_hold(matter, "Too late.", at=NOON, actor=TESTER)
    assert Hold.objects.count() == 1


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_a_matter_moves_only_as_its_table_says(matter, before, after):
    Matter.objects.filter(pk=matter.pk).update(state=before)
    matter.refresh_from_db()
    if after in Matter.STEPS[before]:
        move_matter(matter, after, at=NOON, actor=TESTER)
    else:
        with pytest.raises(Refused):
            move_matter(matter, after, at=NOON, actor=TESTER)
    matter.refresh_from_db()
    assert matter.state == (after if after in Matter.STEPS[before] else before)


def test_legal_staff_open_hold_pack_and_download(matter, person, browser_of, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    client = browser_of(person("legal"))
    opened = client.post(
        reverse("legal:create"), {"kind": "CIVIL", "title": "Another claim", "case": matter.case.pk}
    )
    assert opened.status_code == 302
    new = Matter.objects.latest("pk")
    page = lambda name, *also: reverse(f"legal:{name}", args=[new.pk, *also])  # noqa: E731

    assert client.post(page("holds"), {"reason": "A claim."}).status_code == 302
    assert client.post(page("bundles")).status_code == 302
    assert client.post(page("moves"), {"state": "ASSESSED"}).status_code == 302
    assert client.get(page("matter")).status_code == 200
    download = client.get(page("bundle", Bundle.objects.get().pk))
    assert download["Content-Type"] == "application/zip"
    assert b"".join(download.streaming_content) == path_of(Bundle.objects.get().file).read_bytes()


def test_an_unknown_case_is_named(policy, person, browser_of):
    answer = browser_of(person("legal")).post(
        reverse("legal:create"),
        {"kind": "CIVIL", "title": "A claim", "case": 999},
        headers={"accept-language": "en"},
    )
    assert answer.status_code == 422
    assert "There is no case with this number." in answer.text
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    "role", ["moderator", "senior", "seller", "consumer", "rights_holder", "governance", "engineer"]
)
def test_other_roles_are_kept_out(bundle, matter, person, browser_of, role):
    client = browser_of(person(role, name=f"other {role}"))
    reads = [("matters", []), ("create", []), ("matter", [matter.pk]), ("bundle", [matter.pk, bundle.pk])]
    for name, args in reads:
        assert client.get(reverse(f"legal:{name}", args=args)).status_code == 403
    for name in ["moves", "holds", "hold_releases", "bundles"]:
        assert client.post(reverse(f"legal:{name}", args=[matter.pk])).status_code == 403
    assert Bundle.objects.count() == 1
