"""The catalogue as open data: linked data (CPSV-AP, schema.org), a table and a feed, for everybody's programs."""

from datetime import timedelta

from pyramid.config import Configurator

from portal.catalogue.open import whole
from portal.catalogue.open.head import head_of

EVERY = timedelta(minutes=10)


def includeme(config: Configurator) -> None:
    config.add_request_method(head_of, "service_in_data")
    config.add_route("catalogue.data", r"/thu-tuc/{code:[^/]+}.{form:ttl|jsonld}")
    config.add_route("catalogue.whole", r"/dich-vu-cong.{form:ttl|jsonld|csv}")
    config.add_route("catalogue.feed", "/dich-vu-cong.atom")
    settings = config.registry["portal.settings"]
    config.add_periodic("catalogue.files", EVERY, lambda db, at: whole.refresh(db, settings))
    config.scan("portal.catalogue.open.views")
