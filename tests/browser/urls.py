"""The project's URLs, with the style guide that DEBUG alone mounts and one form that is refused in every way."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from klean.core.web.views.design import design
from klean.urls import urlpatterns as project

REGION = """<form class="form" id="region" method="post" action="/refused/" hx-post="/refused/" hx-swap="outerHTML">
  {% csrf_token %}{{ form }}{{ words }}
  <button type="submit" class="button" name="status" value="422">422</button>
  <button type="submit" class="button" name="status" value="409">409</button>
  <button type="submit" class="button" name="status" value="500">500</button>
</form>"""
PAGE = '{% extends "base.html" %}{% block content %}<h1>-</h1>' + REGION + "{% endblock %}"


class Answer(forms.Form):
    reason = forms.IntegerField(required=False)


def refused(request: HttpRequest) -> HttpResponse:
    form = Answer(request.POST or None)
    source = REGION if request.headers.get("HX-Request") else PAGE
    status = int(request.POST.get("status", 200))
    words = "Somebody else has decided." if status == 409 else ""
    shown = engines["django"].from_string(source).render({"form": form, "words": words}, request)
    return HttpResponse(shown, status=status)


urlpatterns = [*project, path("design/", design), path("refused/", refused)]
