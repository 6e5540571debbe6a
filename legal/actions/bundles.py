"""Packing the evidence of a matter so that anybody can check it without Klean."""

from datetime import datetime
from typing import Any

from django.db import transaction

from klean.core.actors import Actor
from klean.core.chain import chain_head
from klean.core.events import record
from klean.core.files import keep_files, read_file
from klean.core.models import StoredFile
from legal.facts import BundleMade
from legal.models import Bundle, Matter
from legal.queries import Records, records_of
from legal.rules.bundle import canonical, lines, pack


@transaction.atomic
def make_bundle(matter: Matter, *, at: datetime, actor: Actor) -> Bundle:
    """Pack what, when, who and how: the rows as read, their events, pictures and custody, named by SHA-256."""
    records, head = records_of(matter), chain_head().hash
    files, events = _files_of(records), records.events()
    files["events.jsonl"] = lines([{"position": e.position, "hash": e.hash, "text": e.text} for e in events])
    about = {"matter": matter.pk, "title": matter.title, "kind": matter.kind, "chain_head": head}
    (stored,) = keep_files([pack(files, about)], at=at)
    bundle = Bundle.objects.create(
        matter=matter,
        file=stored,
        files=len(files),
        events=len(events),
        head=head,
        made_by=str(actor),
        made_at=at,
    )
    record(
        BundleMade(bundle_id=bundle.pk, matter_id=matter.pk, sha256=stored.sha256), about=matter, actor=actor
    )
    return bundle


def _files_of(records: Records) -> dict[str, bytes]:
    files = {
        "listings.json": canonical([_listing(listing) for listing in records.listings]),
        "decisions.json": canonical([_decision(decision) for decision in records.decisions]),
        "notices.json": canonical([_notice(notice) for notice in records.notices]),
        "custody.jsonl": lines(
            [
                {"entry": event.sealed_entry(), "previous_hash": event.previous_hash, "hash": event.hash}
                for event in records.custody
            ]
        ),
    }
    for statement in records.statements:
        files[f"statements/{statement.puid}.ko.txt"] = statement.text_ko.encode()
        files[f"statements/{statement.puid}.en.txt"] = statement.text_en.encode()
    pictures = [p.file for p in records.pictures if p.file] + [c.photo for c in records.custody if c.photo]
    files |= {f"pictures/{file.sha256}{_suffix(file)}": read_file(file) for file in pictures}
    return files


def _suffix(file: StoredFile) -> str:
    return "." + file.media_type.rpartition("/")[2]


def _listing(listing: Any) -> dict[str, Any]:
    return {
        "id": listing.external_id, "seller": listing.seller.external_id, "title": listing.title,
        "description": listing.description, "brand": listing.brand_text, "price": listing.price,
        "currency": listing.currency, "link": listing.link, "state": listing.state, "revision": listing.revision,
        "first_seen_at": listing.first_seen_at.isoformat(),
    }  # fmt: skip


def _decision(decision: Any) -> dict[str, Any]:
    return {
        "id": decision.pk, "case": decision.case_id, "outcome": decision.outcome, "severity": decision.severity,
        "ground": decision.ground, "reasons": decision.reasons, "policy": decision.policy.name,
        "policy_sha256": decision.policy.sha256, "decided_by": decision.decided_by,
        "decided_at": decision.decided_at.isoformat(),
    }  # fmt: skip


def _notice(notice: Any) -> dict[str, Any]:
    """Without who filed it: the reporter's identity leaves by an authority request only."""
    return {
        "id": notice.pk, "notifier_type": notice.notifier_type, "reason": notice.reason, "state": notice.state,
        "filed_at": notice.filed_at.isoformat(),
    }  # fmt: skip
