"""Packing the evidence of a matter so that anybody can check it without Klean."""

import hashlib
import zipfile
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from klean.core.documents.actions import signing_key
from klean.core.events.actors import Actor
from klean.core.events.chain import chain_head
from klean.core.events.record import record
from klean.core.files.store import keep_files, read_file
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused
from legal.actions.contents import files_of, index_of
from legal.facts import BundleCreated, BundleTimestamped
from legal.models import Bundle, Matter
from legal.queries.records import records_of
from legal.rules.bundle import MANIFEST, SIGNATURE, STAMP, lines, manifest_of, pack, signature_file


@transaction.atomic
def make_bundle(matter: Matter, *, at: datetime, actor: Actor) -> Bundle:
    """Pack what, when, who and how: the rows as read, their events, pictures and custody, signed."""
    records, head = records_of(matter), chain_head()
    files, events = files_of(records), records.events()
    files["events.jsonl"] = lines([{"position": e.position, "hash": e.hash, "text": e.text} for e in events])
    about = {
        "matter": matter.pk,
        "title": matter.title,
        "kind": matter.kind,
        "made_at": at.isoformat(),
        "chain_head": head.hash,
        "chain_position": head.position,
    }
    files["index.pdf"] = index_of(matter, records, files, at=at)
    manifest = manifest_of(files, about)
    key = signing_key(at=at, actor=actor)
    seals = {MANIFEST: manifest, SIGNATURE: signature_file(key.public, key.sign(manifest))}
    (stored,) = keep_files([pack({**seals, **dict(sorted(files.items()))})], at=at)
    bundle = Bundle.objects.create(
        matter=matter,
        file=stored,
        files=len(files),
        events=len(events),
        head=head.hash,
        key=key,
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        made_by=str(actor),
        made_at=at,
    )
    fact = BundleCreated(bundle_id=bundle.pk, matter_id=matter.pk, sha256=stored.sha256)
    record(fact, about=matter, at=at, actor=actor)
    return bundle


@transaction.atomic
def stamp_bundle(bundle: Bundle, stamp: bytes, *, at: datetime, actor: Actor) -> Bundle:
    """Put an authority's RFC 3161 answer into its slot; only one over this very manifest."""
    bundle = lock_row(Bundle, bundle.pk)
    if bytes.fromhex(bundle.manifest_sha256) not in stamp or len(stamp) > 64 * 1024:
        raise Refused(_("This is no time-stamp over the manifest of this bundle."), code="time_stamp")
    with zipfile.ZipFile(BytesIO(read_file(bundle.file))) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    (bundle.stamped_file,) = keep_files([pack({**files, STAMP: stamp})], at=at)
    bundle.save(update_fields=["stamped_file"])
    fact = BundleTimestamped(bundle_id=bundle.pk, sha256=bundle.stamped_file.sha256)
    record(fact, about=bundle.matter, at=at, actor=actor)
    return bundle
