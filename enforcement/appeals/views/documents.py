"""Documents that appeals take in and send out."""

from django.http import HttpResponse

from enforcement.appeals.forms import MessageForm


def pdf_answer(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def document_of(form: MessageForm) -> bytes | None:
    """The document that came with a message, as bytes."""
    file = form.cleaned_data["document"]
    return file.read() if file else None
