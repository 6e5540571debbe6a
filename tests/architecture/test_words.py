"""No page, in any language and for any role, shows a word that no reader should see."""

import socket
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from demo.load import load
from demo.people import OWN_SHOP, account, actor, address_of, shop_called
from demo.story import HARMLESS
from enforcement.cases.models import Case
from enforcement.desk.actions.batches import decide_batch
from governance.actions.editions import publish_edition
from governance.actions.requests import receive_request
from klean.core.access.models import Membership, Organisation, Role
from klean.core.operations.due_work import until_quiet
from klean.core.rows.texts import language_codes
from legal.actions.counsel import let_counsel_in
from legal.actions.letters import write_letter
from legal.models import Letter, Matter
from listings.actions.sweeps import search_due_sweeps
from reports.actions.counters import answer_counter
from reports.models.counters import CounterNotice
from sellers.actions.payouts import request_payout_change
from sellers.models import Seller
from tests.architecture.pages_walk import pages
from tests.architecture.rights_walk import every_pattern, every_url
from tests.architecture.test_rights import TABLE
from tests.architecture.words import (
    half_chosen_particles,
    words_of_another_language,
    words_of_the_code,
    written_by_people,
)

OFFER_COUNTS = {"plain": 10, "authorised": 12, "resold": 3, "accessory": 3}
# What lets somebody in by GET and is no page: files, answers for machines, and what only a form's answer shows.
NO_PAGES = """
    core:healthz core:readyz core:signing_keys_text
    brands:power brands:evidence brands:reference
    sellers:document sellers:holder_document sellers:desk_document
    listings:picture listings:reference listings:removed_picture
    reports:picture reports:export reports:counter_document
    enforcement:appeal_document enforcement:seller_statement enforcement:seller_document
    enforcement:reporter_document
    inspections:field_worker inspections:custody_file inspections:picture inspections:report
    legal:letter legal:bundle legal:stamp_request legal:counsel_file
    governance:transparency_csv governance:transparency_json governance:edition_csv governance:edition_json
    governance:edition_signature governance:edition_key governance:statements_csv governance:statements_jsonl
    governance:agreement_document legal:request_approvals
""".split()  # noqa: SIM905  a table of names


@pytest.fixture
def story(policy, settings, tmp_path):
    """The demo marketplace with few goods, and what happens there only now and then; answers with links to start from."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    settings.KLEAN_STATE, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.KLEAN_ORDERS_URL = settings.KLEAN_PAYMENTS_URL = f"http://{address}"
    settings.KLEAN_TRUSTED_HOSTS, settings.KLEAN_GATEWAY_TOKEN = [address], "open sesame"
    with override("ko"):
        load(OFFER_COUNTS)
        rare = rare_events()
    return [path for _name, path, arguments in every_pattern() if not arguments] + rare


def rare_events():
    until_quiet(search_due_sweeps)
    at, shop = timezone.now(), Seller.objects.get(external_id=shop_called(OWN_SHOP))
    request_payout_change(
        shop, bank="신한", number="110123456789", holder="문태성", at=at, actor=actor("seller")
    )
    counter = CounterNotice.objects.filter(item__listing__seller=shop, state="AWAITING_SELLER").first()
    reply = {"ground": "MISTAKE", "statement": "다른 상품입니다.", "documents": {}, "by": account("seller")}
    answer_counter(counter, **reply, at=at, actor=actor("seller"))
    notice = counter.item.notice
    cases = Case.objects.filter(state="OPEN").order_by("priority")[:2]
    batch = decide_batch(cases, HARMLESS, at=at, actor=actor("moderator"))
    matter = Matter.objects.get()
    write_letter(
        matter, Letter.Kind.DEMAND, "침해 중지 요구서\n판매를 멈춰 주세요.", at=at, actor=actor("legal")
    )
    shows = {"shows_bundles": True, "shows_letters": True}
    until = at + timedelta(days=9)
    _access, token = let_counsel_in(
        matter, "한변호사", "law@law.example", until, **shows, at=at, actor=actor("legal")
    )
    publish_edition(at - timedelta(days=40), at=at, actor=actor("governance"))
    receive_request("EXPORT", "buyer1@example.com", identity="ADDRESS", at=at, actor=actor("governance"))
    seizures = BytesIO(
        "number,date,brand,goods,country,quantity\n압류-1,2026-01-05,Maroen,가방,CN,40\n".encode()
    )
    seizures.name = "seizures.csv"
    feed = {"kind": "SEIZURES", "source": "관세청", "dated_on": "2026-01-31", "file": seizures}
    assert logged_in(Role.GOVERNANCE).post(reverse("governance:feeds"), feed).status_code == 302
    newcomer = Organisation.objects.create(name="새권리자", kind=Organisation.Kind.RIGHTS_HOLDER)
    Membership.objects.create(user=account("engineer"), organisation=newcomer, role=Role.RIGHTS_HOLDER)
    return [
        reverse("sellers:payouts", args=[shop.pk]),
        reverse("enforcement:batch", args=[batch.pk]),
        reverse("legal:counsel", args=[token]),
        reverse("reports:counter", args=[counter.pk]),
        reverse("reports:desk_counter", args=[counter.pk]),
        *(reverse(f"reports:{name}", args=[notice.reference]) for name in ("followed_report", "notice")),
        reverse("reports:desk_notice", args=[notice.pk]),
        reverse("enforcement:reporter_appeals", args=[notice.reference]),
    ]


def logged_in(role):
    client = Client()
    client.force_login(account(role))
    return client


@pytest.mark.django_db
def test_no_page_shows_words_that_no_reader_should_see(story):
    found, visited = set(), set()
    for language in language_codes():
        written, public = written_by_people(language), set()
        for role in ("anyone", *Role.values):
            client = Client() if role == "anyone" else logged_in(role)
            names = open_to(role) - public
            for page in pages(client, story, language=language, names=names):
                visited.add(page.name)
                public |= {page.name} if role == "anyone" else set()
                for text in page.texts:
                    for word in strange_words(text, language, written):
                        found.add(f"{language} {page.name} as {role}: {word!r} in {text[:90]!r}")
    assert not found, "\n".join(sorted(found))
    missed = unvisited(visited)
    assert not missed, "\n".join(sorted(missed))


def open_to(role):
    """The names of what this account may open, and of what asks for more than a role."""
    own = {role, *Membership.objects.filter(user__email=address_of(role)).values_list("role", flat=True)}
    return frozenset(
        name for roles, names in TABLE.items() if not roles or own & {*roles} for name in names.split()
    )


def strange_words(text, language, written):
    yield from words_of_the_code(text, written)
    yield from half_chosen_particles(text)
    yield from words_of_another_language(text, language, written)


def unvisited(visited):
    """Pages that the walk has not met: what only a POST answers is none, nor what machines ask for."""
    for role in Role.values:
        Membership.objects.get_or_create(user=account(Role.GOVERNANCE), role=role, organisation=None)
    all_roles = logged_in(Role.GOVERNANCE)
    names = {name: path for name, path in every_url() if not name.startswith("api:")}
    unvisited = names.keys() - visited - {*NO_PAGES}
    return [name for name in unvisited if all_roles.get(names[name]).status_code != 405]
