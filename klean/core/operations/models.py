"""What a table of work has in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Due(models.Model):
    """``due_at`` is when to do it next, or None when nothing is left to do or ``failed_at`` says that it was given up.

    ``attempts`` counts the starts that came to no answer, ``waits`` how often in a row it was not the time yet.
    """

    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    waits = models.PositiveIntegerField(default=0, db_default=0)
    last_error = models.TextField(_("last error"), blank=True, db_default="")
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def tries(self) -> int:
        """How often it was tried since it last came to an answer."""
        return self.attempts + self.waits
