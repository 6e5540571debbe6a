from datetime import date

from django.db.models import QuerySet, Sum

from klean.core.access.models import User
from legal.models import SupportApplication
from mystery_shop.models import Fund


def support_fund(day: date) -> Fund | None:
    """The fund that gives support on this day."""
    running = Fund.objects.filter(purpose=Fund.Purpose.LEGAL_SUPPORT, starts_on__lte=day, ends_on__gte=day)
    return running.order_by("ends_on", "pk").first()


def granted_of(fund: Fund) -> int:
    """What a fund has granted so far, in won."""
    return int(SupportApplication.objects.filter(fund=fund).aggregate(won=Sum("granted"))["won"] or 0)


def applications() -> QuerySet[SupportApplication]:
    """The most points first."""
    return SupportApplication.objects.select_related("applicant", "fund").order_by("-points", "pk")


def own_applications(user: User) -> QuerySet[SupportApplication]:
    return SupportApplication.objects.filter(applicant=user).order_by("-pk")
