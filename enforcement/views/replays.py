"""A draft policy over the recorded history, before anybody adopts it."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enforcement.forms import DraftForm
from enforcement.queries.replays import Answer, draft_ladder, replay_draft
from klean.core.doors import attempt, role_required
from klean.core.models import Role


@require_http_methods(["GET", "POST"])
@role_required(Role.PENALTIES, Role.SENIOR)
def replays(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database but to be read, so the answer is shown at once."""
    if request.method != "POST":
        return render(request, "enforcement/replays.html", {"form": DraftForm()})
    form = DraftForm(request.POST, request.FILES)
    found: list[Answer] = []

    def run() -> None:
        found.append(replay_draft(draft_ladder(_text(form)), at=timezone.now()))

    status = attempt(form, run)
    context = {"form": form, "answer": found[0] if found else None}
    return render(request, "enforcement/replays.html", context, status=200 if found else status)


def _text(form: DraftForm) -> str:
    """The uploaded draft, or the preset that was chosen."""
    draft, preset = form.cleaned_data["draft"], form.cleaned_data["preset"]
    if draft:
        return str(draft.read().decode("utf-8", errors="replace"))
    return (Path(settings.BASE_DIR) / "policy" / "presets" / f"{preset}.toml").read_text()
