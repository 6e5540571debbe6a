"""What a table of work has in common."""

from django.db import models


class Due(models.Model):
    """``due_at`` is when to do it next, or None when nothing is left to do."""

    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True
