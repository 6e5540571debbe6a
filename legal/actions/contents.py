"""What a bundle holds, file by file: without who reported, who bought, and who asked for money back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from enforcement.decisions.models import Decision
from klean.core.documents.pdf import pdf_of
from klean.core.files.models import StoredFile
from klean.core.files.store import read_file
from klean.core.rows.texts import in_order
from legal.models import Matter
from legal.queries.records import Records
from legal.rules.bundle import canonical, lines
from listings.models import Listing
from mystery_shop.models import Verdict
from refunds.models.claims import RefundClaim
from reports.models.notices import Notice


def files_of(records: Records) -> dict[str, bytes]:
    """Everything but the events and the index."""
    files = {
        "listings.json": canonical([_listing(listing) for listing in records.listings]),
        "decisions.json": canonical([_decision(decision) for decision in records.decisions]),
        "notices.json": canonical([_notice(notice) for notice in records.notices]),
        "claims.json": canonical([_claim(claim) for claim in records.claims]),
        "verdicts.json": canonical([_verdict(verdict) for verdict in records.verdicts]),
        "custody.jsonl": lines([event.sealed_row() for event in records.custody]),
    }
    for statement in records.statements:
        for language, text in in_order(statement.texts):
            files[f"statements/{statement.puid}.{language}.txt"] = text.encode()
    for listing in records.listings:
        files[f"pages/listing-{listing.pk}.html"] = _page(listing, records)
    pictures = [picture.file for picture in records.pictures if picture.file]
    files |= {f"pictures/{name_of(file)}": read_file(file) for file in pictures}
    files |= {f"exhibits/{name_of(file)}": read_file(file) for file in records.exhibit_files()}
    return files


def name_of(file: StoredFile) -> str:
    return f"{file.sha256}.{file.media_type.rpartition('/')[2]}"


def _page(listing: Listing, records: Records) -> bytes:
    """The offer as it was judged, to read in any browser, with its pictures beside it."""
    pictures = [p.file for p in records.pictures if p.listing_id == listing.pk and p.file]
    context = {"listing": listing, "pictures": [name_of(file) for file in pictures]}
    with translation.override(settings.KLEAN_LEGAL_LANGUAGE):
        return render_to_string("legal/snapshot.html", context).encode()


def index_of(matter: Matter, records: Records, files: Mapping[str, bytes], *, at: datetime) -> bytes:
    """The index as PDF: what it is about, what happened when and by whom, and where in the bundle it stands."""
    with translation.override(settings.KLEAN_LEGAL_LANGUAGE):
        return pdf_of("index.typ", _index(matter, records, files, at))


def _index(matter: Matter, records: Records, files: Mapping[str, bytes], at: datetime) -> dict[str, Any]:
    case = records.case
    return {
        "title": _("Evidence bundle: %(title)s") % {"title": matter.title},
        "language": settings.KLEAN_LEGAL_LANGUAGE,
        "facts": [
            [_("Matter"), f"{matter.pk}, {matter.get_kind_display()}"],
            [_("Shop"), f"{case.seller.name} ({case.seller.external_id})" if case else "–"],
            [_("Listing"), ", ".join(f"{row.title} ({row.external_id})" for row in records.listings) or "–"],
            [_("Packed"), shown(at)],
        ],
        "events": [
            [shown(e.at), e.sentence, e.actor_name, e.subject_name] for e in records.recorded_events()
        ],
        "custody": [
            [
                shown(e.happened_at),
                str(e.get_kind_display()),
                f"{e.from_party} → {e.to_party}",
                e.place,
                e.seal_number,
                _("yes") if e.is_seal_intact else _("no"),
            ]
            for e in records.custody
        ],
        "files": [[name, f"{len(data):,}"] for name, data in sorted(files.items())],
        "words": {
            "events": _("What happened"),
            "custody": _("Custody"),
            "files": _("Files"),
            "event_columns": [_("When"), _("What"), _("Who"), _("About")],
            "custody_columns": [_("When"), _("What"), _("From → to"), _("Place"), _("Seal"), _("Intact")],
            "file_columns": [_("File"), _("Bytes")],
            "check": _(
                "Check this bundle with verify_bundle.py and Python alone: it names every byte that was changed."
            ),
        },
    }


def shown(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"


def _listing(listing: Listing) -> dict[str, Any]:
    return {
        "id": listing.external_id,
        "seller": listing.seller.external_id,
        "title": listing.title,
        "description": listing.description,
        "brand": listing.brand_text,
        "price": listing.price,
        "currency": listing.currency,
        "link": listing.link,
        "state": listing.state,
        "revision": listing.revision,
        "first_seen_at": listing.first_seen_at.isoformat(),
        "attributes": listing.attributes,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.pk,
        "case": decision.case_id,
        "outcome": decision.outcome,
        "severity": decision.severity,
        "ground": decision.ground,
        "reasons": decision.reasons,
        "policy": decision.policy.name,
        "policy_sha256": decision.policy.sha256,
        "decided_by": decision.decided_by,
        "decided_at": decision.decided_at.isoformat(),
    }


def _notice(notice: Notice) -> dict[str, Any]:
    """Without who filed it: the reporter's identity leaves by an authority request only."""
    return {
        "id": notice.pk,
        "notifier_type": notice.notifier_type,
        "reason": notice.reason,
        "state": notice.state,
        "filed_at": notice.filed_at.isoformat(),
    }


def _claim(claim: RefundClaim) -> dict[str, Any]:
    return {
        "id": claim.pk,
        "order": claim.order,
        "reason": claim.reason,
        "amount": claim.amount,
        "state": claim.state,
        "opened_at": claim.opened_at.isoformat(),
        "refunded_at": claim.refunded_at.isoformat() if claim.refunded_at else None,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "purchase": verdict.purchase_id,
        "finding": verdict.finding,
        "method": verdict.method,
        "reasons": verdict.reasons,
        "examiner": verdict.examiner,
        "countersigned_by": verdict.countersigned_by,
        "given_at": verdict.given_at.isoformat() if verdict.given_at else None,
        "is_usable": verdict.is_usable,
        "document": verdict.document.sha256 if verdict.document else "",
    }
