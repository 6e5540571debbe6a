"""Words that people write."""

from typing import Any

from rest_framework import serializers

from klean.core.rows.validators import has_resident_number


class WordsField(serializers.CharField):
    """Reasons of a person: plain words, never a resident registration number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=10, max_length=5000, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if has_resident_number(text):
            raise serializers.ValidationError(
                "This looks like a resident registration number. Please take it out."
            )
        return str(text)
