"""Letters in Korean, from a template that knows the matter, as PDF."""

from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from klean.core.documents.pdf import pdf_of
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.files.store import keep_file
from klean.core.policy.queries import day_of
from legal.facts import LetterIssued
from legal.models import Letter, Matter
from legal.queries.records import records_of

LANGUAGE = "ko"  # the templates are letters under Korean law


def draft_letter(matter: Matter, kind: Letter.Kind, *, at: datetime) -> str:
    """The template filled with what the matter knows, for a person to finish."""
    with translation.override(LANGUAGE):
        context = {"matter": matter, "records": records_of(matter), "today": day_of(at)}
        return render_to_string(f"legal/letters/{kind.lower()}.txt", context).strip()


@transaction.atomic
def write_letter(matter: Matter, kind: Letter.Kind, text: str, *, at: datetime, actor: Actor) -> Letter:
    """Keep the letter as it goes out: the first line is its heading."""
    heading, _line, body = text.strip().partition("\n")
    data = {"title": heading.strip(), "language": LANGUAGE, "paragraphs": body.strip().split("\n\n")}
    pdf = pdf_of("letter.typ", data)
    letter = Letter.objects.create(
        matter=matter, kind=kind, file=keep_file(pdf, at=at), written_by=str(actor), written_at=at
    )
    fact = LetterIssued(letter_id=letter.pk, kind=kind, sha256=letter.file.sha256)
    record(fact, about=matter, at=at, actor=actor)
    return letter
