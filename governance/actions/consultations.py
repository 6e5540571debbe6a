"""A policy's way: put to the stakeholders, commented on, answered, published with notice."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from governance.facts import CommentAnswered, CommentSubmitted, ConsultationOpened, DraftWithdrawn
from governance.models import Comment, PolicyDraft
from governance.rules.policy import Governance
from klean.core.access.models import Membership, User
from klean.core.events.actors import Actor
from klean.core.events.record import record
from klean.core.policy.actions.publishing import publish_policy_text
from klean.core.policy.models import PolicyVersion
from klean.core.policy.queries import policy_at
from klean.core.policy.texts import checked_policy
from klean.core.rows.locks import lock_row
from klean.core.rows.refusals import Refused

State = PolicyDraft.State


@transaction.atomic
def open_consultation(name: str, summary: str, text: str, *, at: datetime, actor: Actor) -> PolicyDraft:
    """Put a draft policy to everybody; it must be one that could be published, with time to comment and to prepare."""
    checked, terms = checked_policy(name, text.encode()), policy_at(at)[Governance]
    if PolicyVersion.objects.filter(name=name).exists() or PolicyDraft.objects.filter(name=name).exists():
        raise Refused(_("There is a policy or a draft of this name."), code="name_taken")
    ends_at = at + timedelta(days=terms.consultation_days)
    earliest = ends_at + timedelta(days=terms.notice_days)
    if checked.in_force_from < earliest:
        raise Refused(
            _("It can take force on %(day)s at the earliest: after the consultation and its notice.")
            % {"day": f"{earliest:%Y-%m-%d}"},
            code="too_soon",
        )
    draft = PolicyDraft.objects.create(
        name=name,
        summary=summary,
        text=text,
        in_force_from=checked.in_force_from,
        opened_at=at,
        opened_by=str(actor),
        ends_at=ends_at,
    )
    fact = ConsultationOpened(draft_id=draft.pk, policy=name, ends_at=ends_at.isoformat())
    record(fact, about=draft, at=at, actor=actor)
    return draft


@transaction.atomic
def comment_on(draft: PolicyDraft, text: str, *, by: User, at: datetime, actor: Actor) -> Comment:
    """Say something on a draft while its consultation runs, for the organisation that one acts for."""
    draft = lock_row(PolicyDraft, draft.pk)
    if draft.state != State.OPEN or at >= draft.ends_at:
        raise Refused(_("This consultation is over."), code="consultation_over")
    membership = Membership.objects.filter(user=by, organisation__isnull=False).order_by("pk").first()
    comment = Comment.objects.create(
        draft=draft,
        author=by,
        organisation=membership.organisation if membership else None,
        text=text,
        written_at=at,
    )
    fact = CommentSubmitted(draft_id=draft.pk, comment_id=comment.pk)
    record(fact, about=draft, at=at, actor=actor)
    return comment


@transaction.atomic
def answer_comment(comment: Comment, answer: str, *, at: datetime, actor: Actor) -> Comment:
    """Answer in public; an answer given stays."""
    comment = lock_row(Comment, comment.pk)
    if comment.answered_at:
        raise Refused(_("This comment has its answer."), code="answered")
    comment.answer, comment.answered_at, comment.answered_by = answer, at, str(actor)
    comment.save(update_fields=["answer", "answered_at", "answered_by"])
    record(
        CommentAnswered(draft_id=comment.draft_id, comment_id=comment.pk),
        about=comment.draft,
        at=at,
        actor=actor,
    )
    return comment


@transaction.atomic
def publish_draft(draft: PolicyDraft, *, at: datetime, actor: Actor) -> PolicyVersion:
    """Publish what was consulted on, byte for byte: after the consultation, all answered, with the notice of the policy."""
    draft = lock_row(PolicyDraft, draft.pk)
    if at < draft.ends_at:
        raise Refused(_("The consultation still runs."), code="consultation_running")
    if draft.comments.filter(answered_at=None).exists():
        raise Refused(_("Not every comment is answered."), code="unanswered")
    earliest = at + timedelta(days=policy_at(at)[Governance].notice_days)
    if draft.in_force_from < earliest:
        raise Refused(
            _("Published now, it can take force on %(day)s at the earliest. Open a draft with a later date.")
            % {"day": f"{earliest:%Y-%m-%d}"},
            code="notice_too_short",
        )
    version = publish_policy_text(draft.name, draft.text.encode(), at=at, actor=actor)
    draft.step(State.PUBLISHED, version=version)
    return version


@transaction.atomic
def withdraw_draft(draft: PolicyDraft, *, at: datetime, actor: Actor) -> PolicyDraft:
    draft.step(State.WITHDRAWN)
    record(DraftWithdrawn(draft_id=draft.pk, policy=draft.name), about=draft, at=at, actor=actor)
    return draft
