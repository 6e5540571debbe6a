from typing import Any, ClassVar

from django.db import models


class PolicyVersion(models.Model):
    """A published policy file. The database refuses to change or delete one (see migration 0002)."""

    name = models.CharField(max_length=50, unique=True)
    in_force_from = models.DateTimeField()
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["in_force_from", "pk"]

    def __str__(self) -> str:
        return self.name

    def section(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.body[name]
        return found
