"""The clock: every task that must run by itself. A lost hint costs at most one round of it."""

from typing import Any

MINUTE = 60.0

SCHEDULE: dict[str, dict[str, Any]] = {
    name: {"task": name, "schedule": seconds}
    for name, seconds in {
        "klean.core.events.tasks.deliver_events": MINUTE / 6,
        "klean.core.webhooks.tasks.send_webhooks": MINUTE / 4,
        "klean.core.mail.tasks.send_mails": MINUTE,
        "brands.tasks.check_due_rights": 5 * MINUTE,
        "sellers.tasks.expire_due_authorisations": 60 * MINUTE,
        "sellers.tasks.end_due_permits": 60 * MINUTE,
        "sellers.tasks.check_due_businesses": 5 * MINUTE,
        "sellers.tasks.apply_due_payout_changes": MINUTE,
        "listings.tasks.screen_listings": MINUTE / 6,
        "listings.tasks.compare_new_listings": 10 * MINUTE,
        "listings.tasks.hold_overdue": MINUTE,
        "listings.tasks.describe_new_references": MINUTE,
        "listings.tasks.sweep_listings": MINUTE,
        "listings.tasks.rescreen_catalogue": MINUTE,
        "listings.tasks.keep_prices": 60 * MINUTE,
        "enforcement.sanctions.tasks.settle_standings": MINUTE / 4,
        "enforcement.sanctions.tasks.restrict_linked_sellers": MINUTE,
        "enforcement.decisions.tasks.carry_out_decisions": MINUTE / 20,
        "enforcement.cases.tasks.rank_cases": MINUTE,
        "refunds.tasks.check_due_claims": MINUTE / 4,
        "refunds.tasks.pay_due_refunds": MINUTE / 4,
        "refunds.tasks.send_due_warnings": MINUTE,
        "refunds.tasks.miss_due_parcels": 60 * MINUTE,
        "refunds.tasks.reconcile_days": 60 * MINUTE,
        "reports.tasks.forfeit_due_counters": MINUTE,
        "reports.tasks.alert_holders": 60 * MINUTE,
        "reports.tasks.review_reporters": 24 * 60 * MINUTE,
        "governance.tasks.end_retention": 24 * 60 * MINUTE,
    }.items()
}
