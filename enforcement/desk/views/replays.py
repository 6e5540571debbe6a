"""A draft policy over the recorded history, before anybody adopts it."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enforcement.desk.forms import DraftForm
from enforcement.desk.queries.replays import Answer, replay_draft
from enforcement.sanctions.rules.policy import Ladder
from klean.core.access.models import Role
from klean.core.policy.texts import checked_section
from klean.core.web.attempts import attempt
from klean.core.web.permissions import role_required


@require_http_methods(["GET", "POST"])
@role_required(Role.PENALTIES, Role.SENIOR)
def replays(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database but to be read, so the answer is shown at once."""
    if request.method != "POST":
        return render(request, "enforcement/replays.html", {"form": DraftForm()})
    form = DraftForm(request.POST, request.FILES)
    found: list[Answer] = []

    def run() -> None:
        found.append(replay_draft(checked_section(Ladder, _text(form)), at=timezone.now()))

    status = attempt(form, run)
    context = {"form": form, "answer": found[0] if found else None}
    return render(request, "enforcement/replays.html", context, status=200 if found else status)


def _text(form: DraftForm) -> str:
    """The uploaded draft, or the preset that was chosen."""
    draft, preset = form.cleaned_data["draft"], form.cleaned_data["preset"]
    if draft:
        return str(draft.read().decode("utf-8", errors="replace"))
    return (Path(settings.BASE_DIR) / "policy" / "presets" / f"{preset}.toml").read_text()
