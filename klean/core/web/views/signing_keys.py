"""The public keys, for everybody who checks a signature; and the change of the key."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role, User
from klean.core.documents.actions import change_signing_key
from klean.core.documents.models import SigningKey
from klean.core.web.attempts import submit
from klean.core.web.forms import SigningKeyForm
from klean.core.web.permissions import role_required


@require_GET
def signing_keys(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_GET
def signing_keys_text(request: HttpRequest) -> HttpResponse:
    """One key a line, newest first, as ``verify_bundle.py`` takes it."""
    lines = [f"{key.public} {key.made_at:%Y-%m-%d}\n" for key in SigningKey.objects.all()]
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")


@require_POST
@role_required(Role.GOVERNANCE)
def signing_key_changes(request: HttpRequest) -> HttpResponseBase:
    form = SigningKeyForm(request.POST)
    return submit(
        request,
        form,
        lambda at, actor: change_signing_key(form.cleaned_data["reason"], at=at, actor=actor),
        show=partial(_show, request),
        then=redirect("core:signing_keys"),
        message=_("From now on the new key signs. The old one stays published."),
    )


def _show(request: HttpRequest, *, status: int = 200, form: SigningKeyForm | None = None) -> HttpResponse:
    keys = list(SigningKey.objects.all())
    untils = [None, *(key.made_at for key in keys)]
    may_change = isinstance(request.user, User) and request.user.has_role(Role.GOVERNANCE)
    context = {
        "keys": list(zip(keys, untils, strict=False)),
        "may_change": may_change,
        "form": form or SigningKeyForm(),
    }
    return render(request, "core/signing_keys.html", context, status=status)
