"""Personal data leaves by authority and subject requests only: every page, export, call, mail and event is read."""

import html
import io
import json
import re
import zipfile
from collections import defaultdict

import pytest
from django.apps import apps

from klean.core.access.models import Membership
from klean.core.access.scopes import all_scopes
from klean.core.events.models import Event
from klean.core.mail.deliveries import render_mail
from klean.core.mail.models import Mail
from klean.core.privacy.rules import patterns_of
from klean.core.webhooks.queries import body_of
from tests import make
from tests.architecture.rights_walk import ROLES, every_pattern
from tests.architecture.test_rights import TABLE
from tests.governance.planted import ADDRESS, BUYER, OTHERS, PHONE, world

PEOPLE = {"buyer": BUYER, **OTHERS}
# Whose rows an argument of an address may mean.
ROWS = {
    "access_id": "legal.CounselAccess",
    "agreement_id": "governance.Agreement",
    "appeal_id": "enforcement.Appeal",
    "application_id": "legal.SupportApplication",
    "authorisation_id": "sellers.BrandAuthorisation",
    "batch_id": "enforcement.Batch",
    "brand_id": "brands.Brand",
    "bundle_id": "legal.Bundle",
    "case_id": "enforcement.Case",
    "change_id": "core.CalendarChange",
    "check_id": "enforcement.CheckAnswer",
    "comment_id": "governance.Comment",
    "counter_id": "reports.CounterNotice",
    "decision_id": "enforcement.Decision",
    "document_id": "sellers.BrandAuthorisation",
    "draft_id": "governance.PolicyDraft reports.NoticeDraft",
    "endpoint_id": "core.WebhookEndpoint",
    "feed_id": "governance.ExternalFeed",
    "holder_id": "brands.RightsHolder",
    "item_id": "governance.ActionItem reports.WatchItem",
    "key_id": "core.ApiKey",
    "letter_id": "legal.Letter",
    "macro_id": "enforcement.Macro",
    "matter_id": "legal.Matter",
    "measure_id": "reports.MisuseMeasure",
    "message_id": "enforcement.AppealMessage",
    "payout_id": "sellers.PayoutAccount",
    "picture_id": "listings.ListingPicture",
    "plan_id": "mystery_shop.SamplingPlan",
    "programme_id": "mystery_shop.Programme",
    "purchase_id": "mystery_shop.TestPurchase",
    "reference_id": "brands.ReferenceImage",
    "request_id": "legal.AuthorityRequest governance.SubjectRequest",
    "right_id": "brands.IPRight",
    "sanction_id": "enforcement.Sanction",
    "seller_id": "sellers.Seller",
    "stakeholder_id": "governance.Stakeholder",
    "sweep_id": "listings.Sweep",
    "task_id": "legal.Task",
    "view_id": "enforcement.SavedView",
    "pk": "reports.Notice",
    "notice_id": "reports.Notice",
}
WORDS = {
    "number": ["1", "2"],
    "kind": ["demand"],
    "side": ["legal"],
    "which": ["photo"],
    "label": ["reports.Notice"],
    "name": ["2026-01"],
    "token": ["none"],
    "key": ["custody-1", "verdict-1"],
}
REFERENCES = {"external_id": ("listings.Listing", "sellers.Seller"), "puid": ("enforcement.Statement",)}
# Who may read what in clear: people their own, and the legal staff what was given to them alone.
OWN = {
    ("seller", "shop"),
    ("rights_holder", "holder"),
    ("legal", "party"),
    ("legal", "counsel"),
    ("legal", "designer"),
}
TYPED = {PHONE, ADDRESS}  # into a free text, which the desk and the legal staff read
DESK = {"moderator", "senior", "penalties", "legal", "governance"}


@pytest.fixture
def people(policy, tmp_path, settings, person, browser_of, client):
    """Everybody who may walk: those of the planted shop, brand and laboratory where a role belongs to one."""
    settings.MEDIA_ROOT = tmp_path / "media"
    world(f"{PHONE}, {ADDRESS}")
    homes = {
        "seller": make.organisation_of(make.shopkeeper("s-100")),
        "rights_holder": make.rights_holder().organisation,
        "inspector": make.body().organisation,
    }
    Membership.objects.filter(role="seller").delete()
    walkers = {role: person(role, organisation=homes.get(role)) for role in ROLES}
    return {"anyone": client} | {role: browser_of(one) for role, one in walkers.items()}


def values_of(name):
    if name in WORDS:
        return WORDS[name]
    if name in REFERENCES:
        field = {"puid": "puid"}.get(name, "external_id")
        return [
            value
            for label in REFERENCES[name]
            for value in apps.get_model(label).objects.values_list(field, flat=True)
        ]
    if name == "reference":
        return list(apps.get_model("reports.Notice").objects.values_list("reference", flat=True))
    return [
        str(pk)
        for label in ROWS[name].split()
        for pk in apps.get_model(label).objects.values_list("pk", flat=True)[:3]
    ]


def paths_of(path, names):
    """The address with each argument that the world has a row for; arguments of one path move together."""
    paths = [path]
    for name in names:
        paths = [re.sub(rf"<(\w+:)?{name}>", str(value), one) for one in paths for value in values_of(name)]
    return paths


def text_of(answer):
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return read(data, answer.get("Content-Type", ""))


def read(data, kind):
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "\n".join(read(packed.read(name), name) for name in packed.namelist())
    text = data.decode(errors="replace")
    is_json = kind.partition(";")[0].endswith(("application/json", ".json"))
    return json.dumps(json.loads(text), ensure_ascii=False) if is_json else html.unescape(text)


def people_named_in(text, role):
    """Whose data stand in the text that this role has no right to."""
    allowed = TYPED if role in DESK else set()
    return [
        whose
        for whose, data in PEOPLE.items()
        if (role, whose) not in OWN
        and re.search(patterns_of(set(data) - allowed) or "$^", text, re.IGNORECASE)
    ]


def test_no_page_export_or_call_tells_anybody_of_a_person(people, machine):
    people |= {"machine": machine(*all_scopes())}
    asked = {name: who for who, names in TABLE.items() for name in names.split()}
    leaks, opened = defaultdict(set), defaultdict(set)
    for name, path, converters in every_pattern():
        machines = ("machine",) if name.startswith("api:") else ()
        for address in paths_of(path, converters):
            for role in (*asked.get(name, people), *machines):
                answer = people[role].get(address)
                if answer.status_code == 200:
                    opened[role].add(name)
                    leaks[name, role].update(people_named_in(text_of(answer), role))
                if answer.status_code == 405 or (role == "anyone" and answer.status_code == 200):
                    break  # it is only written to, or says the same to everybody
    assert {place: whose for place, whose in leaks.items() if whose} == {}
    assert {role for role, names in opened.items() if len(names) < 2} == set()
    assert len(set().union(*opened.values())) > 110


def test_no_event_webhook_or_mail_to_others_tells_of_a_person(people):
    events = list(Event.objects.all())
    assert len(events) > 40
    assert [event.name for event in events if people_named_in(body_of(event).decode(), "partner")] == []
    for mail in Mail.objects.exclude(key="told"):
        subject, body = render_mail(mail)
        others = [
            whose for whose in people_named_in(f"{subject}\n{body}", "reader") if mail.to not in PEOPLE[whose]
        ]
        assert others == [], mail.key
