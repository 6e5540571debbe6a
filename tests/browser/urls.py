"""The project's URLs, with the style guide that DEBUG alone mounts."""

from django.urls import path

from klean.core.design import design
from klean.urls import urlpatterns as project

urlpatterns = [*project, path("design/", design)]
