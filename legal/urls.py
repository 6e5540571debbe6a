from django.urls import path, register_converter
from django.urls.converters import StringConverter

from legal.views import counsel, matters, requests, support


class LetterKind(StringConverter):
    regex = "demand|damages|complaint|referral|customs"


class Side(StringConverter):
    regex = "legal|privacy"


register_converter(LetterKind, "letter_kind")
register_converter(Side, "side")

pages = [
    path("", matters.index, name="matters"),
    path("matters", matters.create, name="create"),
    path("matters/<int:matter_id>", matters.matter, name="matter"),
    path("matters/<int:matter_id>/moves", matters.moves, name="moves"),
    path("matters/<int:matter_id>/holds", matters.holds, name="holds"),
    path("matters/<int:matter_id>/hold-releases", matters.hold_releases, name="hold_releases"),
    path("matters/<int:matter_id>/parties", matters.parties, name="parties"),
    path("matters/<int:matter_id>/tasks", matters.tasks, name="tasks"),
    path("matters/<int:matter_id>/tasks/<int:task_id>/ends", matters.task_ends, name="task_ends"),
    path("matters/<int:matter_id>/costs", matters.costs, name="costs"),
    path("matters/<int:matter_id>/letters/<letter_kind:kind>", matters.letters, name="letters"),
    path("matters/<int:matter_id>/letters/<int:letter_id>", matters.letter, name="letter"),
    path("matters/<int:matter_id>/bundles", matters.bundles, name="bundles"),
    path("matters/<int:matter_id>/bundles/<int:bundle_id>", matters.bundle, name="bundle"),
    path(
        "matters/<int:matter_id>/bundles/<int:bundle_id>/stamp.tsq",
        matters.stamp_request,
        name="stamp_request",
    ),
    path("matters/<int:matter_id>/bundles/<int:bundle_id>/stamps", matters.stamps, name="stamps"),
    path("matters/<int:matter_id>/counsel", counsel.accesses, name="accesses"),
    path("matters/<int:matter_id>/counsel/<int:access_id>/ends", counsel.access_ends, name="access_ends"),
    path("counsel/<str:token>", counsel.counsel, name="counsel"),
    path("counsel/<str:token>/<str:kind>/<int:pk>", counsel.counsel_file, name="counsel_file"),
    path("support", support.support, name="support"),
    path("support/asks", support.asks, name="asks"),
    path("support/applications", support.support_queue, name="support_queue"),
    path("support/applications/<int:application_id>", support.application, name="application"),
    path("requests", requests.requests, name="requests"),
    path("requests/new", requests.new_request, name="new_request"),
    path("requests/<int:request_id>", requests.authority_request, name="request"),
    path("requests/<int:request_id>/verifications", requests.verifications, name="verifications"),
    path("requests/<int:request_id>/scopes", requests.scopes, name="scopes"),
    path(
        "requests/<int:request_id>/approvals/<side:side>",
        requests.request_approvals,
        name="request_approvals",
    ),
    path("requests/<int:request_id>/refusals", requests.refusals, name="refusals"),
    path("requests/<int:request_id>/disclosures", requests.disclosures, name="disclosures"),
    path("requests/<int:request_id>/log-entries", requests.log_entries, name="log_entries"),
]
