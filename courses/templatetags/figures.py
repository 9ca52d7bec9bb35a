"""Figures in templates."""

from django import template

from courses.figures import per_cent

register = template.Library()
register.filter("per_cent", per_cent)
