from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Every form and field takes the design system's templates, allauth's included; widgets stay Django's own."""

    form_template_name = "components/form.html"
    field_template_name = "components/_field.html"
