from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.shortcuts import redirect

from klean.core.access.models import User
from klean.core.events.actors import Actor
from klean.core.rows.refusals import Refused
from klean.core.web.attempts import submit, submit_button


class NameForm(forms.Form):
    name = forms.CharField()


def answer(rf, user, method, data, action, **headers):
    request = getattr(rf, method)("/", data, headers=headers)
    request.user, request._messages = user, CookieStorage(request)
    form = NameForm(request.POST or None)

    def show(*, status, form=None):
        return HttpResponse(form.as_p() if form else "fresh", status=status)

    response = submit(
        request, form, action, show=show, then=lambda made: redirect(f"/{made}"), message="Done."
    )
    return response, [str(message) for message in get_messages(request)]


def made(at, actor):
    return f"by/{actor}"


def refused(at, actor):
    raise Refused("Not today.")


def test_the_page_shows_the_form_and_a_post_that_makes_something_redirects_to_it(rf):
    user = User(pk=7, email="a@example.org")

    page, _ = answer(rf, user, "get", {}, refused)
    done, messages = answer(rf, user, "post", {"name": "A"}, made)

    assert (page.status_code, done.status_code, done["Location"]) == (200, 302, "/by/person:7")
    assert messages == ["Done."]


def test_an_invalid_form_and_a_refused_action_show_what_was_sent_and_why(rf):
    user = User(pk=7, email="a@example.org")

    invalid, _ = answer(rf, user, "post", {"other": "1"}, made)
    conflict, messages = answer(rf, user, "post", {"name": "Kept"}, refused)

    assert (invalid.status_code, conflict.status_code, messages) == (422, 409, [])
    assert "Not today." in conflict.content.decode()
    assert "Kept" in conflict.content.decode()


def test_htmx_gets_the_fresh_part_of_the_page_instead_of_a_redirect(rf):
    user = User(pk=7, email="a@example.org")

    done, messages = answer(rf, user, "post", {"name": "A"}, made, **{"HX-Request": "true"})

    assert (done.status_code, done.content, messages) == (201, b"fresh", [])


def test_a_button_leads_on_done_or_refused_and_the_next_page_says_which(rf):
    for action, words in ((made, "Done."), (refused, "Not today.")):
        request = rf.post("/")
        request.user, request._messages = User(pk=7, email="a@example.org"), CookieStorage(request)
        then = redirect("/next")

        assert submit_button(request, action, then=then, message="Done.") is then
        assert [str(message) for message in get_messages(request)] == [words]


def test_whoever_acts_without_an_account_is_named_by_the_view(rf):
    request = rf.post("/", {"name": "A"})
    guest = Actor("system", "guest")

    done = submit(
        request, NameForm(request.POST), made, show=None, then=lambda made: redirect(f"/{made}"), actor=guest
    )

    assert done["Location"] == "/by/system:guest"
