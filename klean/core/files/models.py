from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file kept once by what it contains; who may open it is decided by the row that points to it."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=50)
    size = models.PositiveIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> str:
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
