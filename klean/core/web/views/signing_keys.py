"""The public keys, for everybody who checks a signature; and the change of the key."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from klean.core.access.models import Role, User
from klean.core.documents.actions import change_signing_key
from klean.core.documents.models import SigningKey
from klean.core.web.attempts import attempt
from klean.core.web.permissions import actor_of, role_required


class ChangeForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy(
            "Everybody reads it: a regular change, or that somebody may have seen the old key."
        ),
    )


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
    form = ChangeForm(request.POST)
    status = attempt(
        form,
        lambda: change_signing_key(form.cleaned_data["reason"], at=timezone.now(), actor=actor_of(request)),
    )
    if status == 201:
        messages.success(request, _("From now on the new key signs. The old one stays published."))
        return redirect("core:signing_keys")
    return _show(request, status=status, form=form)


def _show(request: HttpRequest, *, status: int = 200, form: ChangeForm | None = None) -> HttpResponse:
    keys = list(SigningKey.objects.all())
    untils = [None, *(key.made_at for key in keys)]
    may_change = isinstance(request.user, User) and request.user.has_role(Role.GOVERNANCE)
    context = {
        "keys": list(zip(keys, untils, strict=False)),
        "may_change": may_change,
        "form": form or ChangeForm(),
    }
    return render(request, "core/signing_keys.html", context, status=status)
