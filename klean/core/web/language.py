"""Pages speak the reader's language; the API speaks English, with stable codes."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from rest_framework.serializers import ChoiceField

from klean.core.rows.texts import SOURCE_LANGUAGE, language_codes, own_language


class LanguageOfTheDoor(LocaleMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith("/api/"):
            translation.activate(SOURCE_LANGUAGE)
            request.LANGUAGE_CODE = SOURCE_LANGUAGE
        else:
            super().process_request(request)


class LanguageField(ChoiceField):
    """In which language somebody is written to, of those that there are; our own where nothing is said."""

    def __init__(self) -> None:
        super().__init__(language_codes(), default=own_language())
