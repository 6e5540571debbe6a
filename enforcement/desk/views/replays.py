"""A draft policy over the recorded history, before anybody adopts it."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from enforcement.desk.forms import DraftForm
from enforcement.desk.queries.replays import replay_draft
from enforcement.sanctions.rules.policy import Ladder
from klean.core.access.models import Role
from klean.core.policy.texts import checked_section
from klean.core.web.attempts import form_page, submit
from klean.core.web.permissions import role_required


@require_http_methods(["GET", "POST"])
@role_required(Role.PENALTIES, Role.SENIOR)
def replays(request: HttpRequest) -> HttpResponseBase:
    """Asks nothing of the database but to be read, so the answer is shown at once."""
    form = DraftForm(request.POST or None, request.FILES or None)
    show = form_page(request, "enforcement/replays.html")
    return submit(
        request,
        form,
        lambda at, _actor: replay_draft(checked_section(Ladder, _text(form)), at=at),
        show=show,
        then=lambda answer: show(form=form, answer=answer),
    )


def _text(form: DraftForm) -> str:
    """The uploaded draft, or the preset that was chosen."""
    draft, preset = form.cleaned_data["draft"], form.cleaned_data["preset"]
    if draft:
        return str(draft.read().decode("utf-8", errors="replace"))
    return (Path(settings.BASE_DIR) / "policy" / "presets" / f"{preset}.toml").read_text()
