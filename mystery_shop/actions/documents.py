"""The authentication report as PDF, in the language of the courts, made of what the rows say alone."""

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from klean.core.documents.pdf import pdf_of
from klean.core.files.models import StoredFile
from klean.core.files.store import read_file
from mystery_shop.models import CustodyEvent, Verdict


def document_of(verdict: Verdict) -> bytes:
    """The same bytes for the same verdict; it names neither who bought the exhibit nor who works at the body."""
    pictures = _pictures(verdict)
    with translation.override(settings.KLEAN_LEGAL_LANGUAGE):
        return pdf_of("report.typ", {**_data(verdict), "pictures": list(pictures)}, pictures)


def _pictures(verdict: Verdict) -> dict[str, bytes]:
    custody = verdict.purchase.custody.exclude(photo=None).select_related("photo").order_by("number")
    seen = [one.file for one in verdict.pictures.select_related("file").order_by("number")]
    files = [*(event.photo for event in custody if event.photo), *seen]
    return {f"{number}.{_suffix(file)}": read_file(file) for number, file in enumerate(files, start=1)}


def _suffix(file: StoredFile) -> str:
    return file.media_type.rpartition("/")[2]


def _data(verdict: Verdict) -> dict[str, Any]:
    purchase = verdict.purchase
    custody = list(purchase.custody.order_by("number"))
    usable = _("yes") if verdict.is_usable else _("no: the custody has a gap or a broken seal")
    return {
        "title": _("Authentication report %(number)s") % {"number": purchase.pk},
        "language": settings.KLEAN_LEGAL_LANGUAGE,
        "facts": [
            [_("Body"), f"{purchase.programme.body} {purchase.programme.body.accreditation}".strip()],
            [_("Programme"), purchase.programme.name],
            [_("Draw"), str(purchase.get_draw_display())],
            [_("Listing"), f"{purchase.listing.title} ({purchase.listing.external_id})"],
            [_("Seal"), purchase.seal_number],
            [_("Finding"), str(verdict.get_finding_display())],
            [_("Method"), verdict.method],
            [_("Usable for a penalty"), usable],
        ],
        "reasons": verdict.reasons,
        "custody": [_entry(event) for event in custody],
        "head": custody[-1].hash if custody else "",
        "signatures": [
            [_("Examined"), f"{verdict.examiner}, {_shown(verdict.filed_at)}"],
            [_("Countersigned"), f"{verdict.countersigned_by}, {_shown(verdict.given_at)}"],
        ],
        "words": {
            "reasons": _("Reasons"),
            "custody": _("Custody"),
            "pictures": _("Pictures"),
            "signed": _("Signatures"),
            "chain": _("Last hash of the custody chain:"),
            "columns": [_("When"), _("What"), _("From → to"), _("Place"), _("Seal"), _("Intact")],
        },
    }


def _entry(event: CustodyEvent) -> list[str]:
    return [
        _shown(event.happened_at),
        str(event.get_kind_display()),
        f"{event.from_party} → {event.to_party}",
        event.place,
        event.seal_number,
        _("yes") if event.is_seal_intact else _("no"),
    ]


def _shown(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
