"""The pages of citizens: the catalogue and its lists, the page of a service, local variants side by side."""

from pyramid.config import Configurator

from portal.catalogue.public.applying import add_apply_link
from portal.catalogue.public.panels import of_agency, of_document, of_front, of_usage
from portal.catalogue.search import SEARCHABLE, listen
from portal.catalogue.usage import add_usage
from portal.request import _


def includeme(config: Configurator) -> None:
    config.add_directive("add_apply_link", add_apply_link)
    config.add_directive("add_usage", add_usage)
    config.add_searchable(SEARCHABLE)
    listen()
    config.include("portal.catalogue.public.routes")
    config.add_menu("main", _("Dịch vụ công"), "catalogue.front", order=10)
    config.add_panel("front", "services", "catalogue/front_panel.jinja2", of_front)
    config.add_panel("agency", "services", "catalogue/agency_panel.jinja2", of_agency, order=50)
    config.add_panel("document", "services", "catalogue/document_panel.jinja2", of_document)
    config.add_panel("service", "usage", "catalogue/usage_panel.jinja2", of_usage, order=150)
    config.scan("portal.catalogue.public")
