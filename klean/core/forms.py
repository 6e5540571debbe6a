"""How every form of the project is drawn."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws a form with an error summary and fields from templates/django/forms/."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/group.html"
