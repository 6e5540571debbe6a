from django.urls import path

from enforcement.cases.api.cases import Cases

api = [path("cases", Cases.as_view(), name="cases")]
