"""Who may pass each door of the project: the table is explicit, the addresses come from the resolver itself."""

from tests.architecture.rights_walk import ROLES, every_url, passes

EVERYONE = ("anyone", *ROLES)
# Whom a door lets in, and its addresses; those of nobody are for machines, or ask for more than a role.
TABLE: dict[tuple[str, ...], str] = {
    ("senior", "governance"): """
        listings:promotions
    """,
    ("moderator", "senior", "governance", "engineer"): """
        listings:screening
    """,
    ("moderator", "senior"): """
        listings:sweeps listings:sweep listings:sweep_answers
        api:case_decisions api:cases brands:applications brands:evidence brands:judgements brands:power
        brands:verifications enforcement:batch enforcement:batches
        enforcement:check_answers enforcement:checks enforcement:case_assignments enforcement:create_batch
        enforcement:decisions enforcement:desk enforcement:escalations enforcement:hand_overs
        enforcement:extensions enforcement:saved enforcement:new_batch enforcement:notes enforcement:queue
        enforcement:releases enforcement:view_removals enforcement:views enforcement:withdrawals
        refunds:claim_appeal_decisions refunds:claim_decisions refunds:claim_payments reports:desk_counter
        refunds:held_claim refunds:held_claims refunds:parcel_findings refunds:parcel_receipts
        reports:desk_notice reports:notice_refusals refunds:parcels refunds:reconciliations reports:reporters
        sellers:decisions sellers:desk
        sellers:desk_document  sellers:review sellers:reviews sellers:ticks
    """,
    EVERYONE: """
        api:docs api:schema api:statements_of_reasons core:healthz core:home core:readyz core:signing_keys
        core:signing_keys_text
        enforcement:reporter_appeal enforcement:reporter_appeals enforcement:reporter_document
        enforcement:reporter_messages governance:draft governance:edition governance:edition_csv
        governance:edition_json governance:edition_key governance:edition_signature governance:editions
        governance:policies governance:policy governance:statement governance:statements
        governance:statements_csv governance:statements_jsonl governance:transparency
        governance:transparency_csv governance:transparency_json inspections:custody_file
        inspections:field_worker legal:counsel legal:counsel_file legal:request_approvals
        legal:support reports:accuracy reports:followed_report reports:report
    """,
    ("legal",): """
        legal:access_ends legal:accesses legal:application legal:bundle legal:bundles legal:costs
        legal:create legal:disclosures legal:hold_releases legal:holds legal:letter legal:letters
        legal:log_entries legal:matter legal:matters legal:moves legal:new_request legal:parties
        legal:refusals legal:scopes legal:stamp_request legal:stamps legal:support_queue legal:task_ends
        legal:tasks legal:verifications
    """,
    ("governance",): """
        core:signing_key_changes
        governance:agreement_document governance:answers governance:calendar
        governance:calendar_confirmations governance:calendar_withdrawals governance:completions
        governance:draft_publications governance:draft_withdrawals governance:drafts governance:erasures
        governance:exports governance:feed governance:feeds governance:items governance:meetings
        governance:overview governance:personal_data governance:publications governance:refusals
        governance:request governance:requests governance:stakeholder governance:stakeholders
        governance:viewings inspections:agreements inspections:funds inspections:programme
    """,
    ("rights_holder",): """
        reports:watchlist reports:watch_withdrawals reports:picture
        reports:draft_deletions reports:drafts reports:impact reports:upload reports:watch_answers
        api:notice_appeals api:notice_batch api:notices api:one_notice brands:brand brands:create_application
        brands:create_brand brands:create_ip_right brands:create_reference brands:details brands:home
        brands:reference brands:retire brands:ties reports:counter reports:counter_replies reports:export
        reports:new_notice reports:notice reports:notices reports:withdrawals sellers:authorised_sellers
        sellers:list sellers:holder_answers sellers:holder_document sellers:revocations
    """,
    ("seller",): """
        api:decision_appeals enforcement:seller_appeals enforcement:seller_decision
        enforcement:seller_decisions enforcement:seller_document enforcement:seller_messages
        enforcement:seller_statement listings:own_listing listings:own_listings reports:counter_answers
        reports:seller_notice reports:seller_notices sellers:answers sellers:authorisation
        sellers:create_authorisation sellers:document sellers:documents sellers:home
        sellers:payout_cancellations sellers:permits sellers:submissions sellers:withdrawals
    """,
    ("senior", "penalties"): """
        enforcement:agreements enforcement:appeal enforcement:appeal_document enforcement:appeals
        enforcement:approvals enforcement:closings enforcement:effects enforcement:goldens
        enforcement:liftings enforcement:penalties enforcement:quality enforcement:refusals
        enforcement:replays enforcement:retries
    """,
    ("inspector",): """
        api:countersignatures api:custody_events api:test_purchase api:test_purchases api:verdicts
        inspections:countersignatures inspections:custody_events inspections:field
        inspections:field_purchase inspections:orders inspections:report_returns inspections:verdicts
    """,
    ("moderator", "senior", "governance"): """
        inspections:approvals inspections:approve_draw inspections:draws inspections:more_draws
        inspections:plan inspections:plan_page inspections:plans inspections:programmes inspections:targets
        reports:clocks
    """,
    ("senior",): """
        enforcement:appeal_messages enforcement:appeal_assignments enforcement:macro_removals enforcement:macros
        enforcement:appeal_outcomes enforcement:reversals reports:measures reports:measure_liftings
    """,
    (): """
        api:listings api:listings_batch api:reconciliations api:refund_callbacks api:screenings
        sellers:payouts
    """,
    ("consumer",): """
        api:claims api:one_claim refunds:claim refunds:claim_appeals refunds:claim_parcels refunds:refunds
    """,
    ("engineer",): """
        core:developers core:endpoint_stops core:endpoints core:key_revocations core:keys
    """,
    ("moderator", "senior", "penalties", "legal", "governance", "engineer"): """
        api:listing api:listing_screenings listings:listing listings:reference listings:removed_picture
    """,
    ("moderator", "senior", "inspector", "governance"): """
        inspections:ends inspections:picture inspections:purchase inspections:purchases inspections:report
    """,
    (
        "moderator",
        "senior",
        "penalties",
        "rights_holder",
        "consumer",
        "seller",
        "inspector",
        "legal",
        "governance",
        "engineer",
    ): """
        governance:comments legal:asks
    """,
    ("legal", "governance"): """
        legal:request legal:requests
    """,
    ("moderator", "senior", "penalties", "seller", "legal", "governance", "engineer"): """
        listings:picture
    """,
    ("moderator", "senior", "rights_holder", "seller"): """
        reports:counter_document
    """,
    ("moderator", "senior", "penalties"): """
        sellers:links sellers:returned
        enforcement:case enforcement:dossier enforcement:grants enforcement:search
    """,
    ("moderator", "senior", "legal", "governance"): """
        governance:unmask
    """,
    ("governance", "engineer"): """
        api:events
    """,
    ("moderator", "senior", "penalties", "seller"): """
        api:seller_standing
    """,
}


def test_every_door_lets_in_whom_the_table_says_and_nobody_else(policy, person, browser_of, client):
    people = {"anyone": client} | {role: browser_of(person(role)) for role in ROLES}
    asked = {name: who for who, names in TABLE.items() for name in names.split()}
    wrong = {}
    for name, path in every_url():
        let_in = tuple(who for who in EVERYONE if passes(people[who], path))
        if let_in != asked.get(name):
            wrong[name] = {"table": asked.get(name), "door": let_in}
    assert wrong == {}
