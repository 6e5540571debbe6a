from datetime import datetime, timedelta

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role
from klean.core.events.actors import Actor
from klean.core.files.store import serve_file
from klean.core.web.permissions import role_required
from legal.actions.counsel import let_counsel_in, note_counsel, shut_counsel_out
from legal.forms.matters import CounselForm
from legal.models import CounselAccess
from legal.queries.counsel import access_of
from legal.queries.matters import matter_for
from legal.views.matters import change


@require_POST
@role_required(Role.LEGAL)
def accesses(request: HttpRequest, matter_id: int) -> HttpResponseBase:
    found, form = matter_for(matter_id), CounselForm(request.POST)

    def let_in(at: datetime, actor: Actor) -> None:
        data = dict(form.cleaned_data)
        expires_at = at + timedelta(days=data.pop("days"))
        _access, token = let_counsel_in(found, expires_at=expires_at, at=at, actor=actor, **data)
        link = request.build_absolute_uri(reverse("legal:counsel", args=[token]))
        messages.info(
            request, _("Give this link to the counsel now; it is not shown again: %(link)s") % {"link": link}
        )

    return change(request, found, form, let_in, form_name="counsel_form")


@require_POST
@role_required(Role.LEGAL)
def access_ends(request: HttpRequest, matter_id: int, access_id: int) -> HttpResponseBase:
    found = get_object_or_404(CounselAccess, pk=access_id, matter=matter_id)
    matter, form = matter_for(matter_id), Form(request.POST)
    return change(request, matter, form, lambda at, actor: shut_counsel_out(found, at=at, actor=actor))


def _access(token: str) -> CounselAccess:
    found = access_of(token, at=timezone.now())
    if found is None:
        raise Http404
    return found


def _holder_of(access: CounselAccess) -> Actor:
    """Whoever holds the link; nobody logs in."""
    return Actor("machine", f"counsel-{access.pk}")


@require_GET
@never_cache
def counsel(request: HttpRequest, token: str) -> HttpResponse:
    """What a link shows to whoever holds it, and to nobody after its end."""
    found = _access(token)
    note_counsel(found, at=timezone.now(), actor=_holder_of(found))
    matter = found.matter
    context = {
        "access": found,
        "matter": matter,
        "token": token,
        "bundles": matter.bundles.select_related("file", "stamped_file") if found.shows_bundles else [],
        "letters": matter.letters.select_related("file") if found.shows_letters else [],
    }
    answer = render(request, "legal/counsel.html", context)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_GET
@never_cache
def counsel_file(request: HttpRequest, token: str, kind: str, pk: int) -> HttpResponseBase:
    found = _access(token)
    if kind == "bundles" and found.shows_bundles:
        file = get_object_or_404(found.matter.bundles.select_related("file", "stamped_file"), pk=pk).packed
    elif kind == "letters" and found.shows_letters:
        file = get_object_or_404(found.matter.letters.select_related("file"), pk=pk).file
    else:
        raise Http404
    note_counsel(found, file.sha256, at=timezone.now(), actor=_holder_of(found))
    return serve_file(file)
