"""People who work with the portal: sign-in, roles per unit, and the security policy that evaluates all rule tables.

For form views of other packages: `refill(request, form)` and `kept(request)` give back what was typed before a
sign-in expired.
"""

from datetime import timedelta

from pyramid.config import Configurator
from pyramid.events import NewResponse

from portal.accounts import cookies, csrf, keeping, policy, routes, service
from portal.accounts.keeping import kept, refill
from portal.accounts.rules import LIST, RULES
from portal.request import _

__all__ = ["includeme", "kept", "refill"]


def includeme(config: Configurator) -> None:
    settings = config.registry["portal.settings"]
    # The tween would otherwise look the person up for every file and public page, only to name the transaction.
    config.registry.settings.setdefault("tm.annotate_user", "false")
    config.set_session_factory(cookies.state_factory(settings))
    config.set_csrf_storage_policy(csrf.SignInCsrf())
    config.set_default_csrf_options(require_csrf=True)
    config.set_security_policy(policy.SecurityPolicy())
    config.add_directive("never_keep", keeping.never_keep)
    config.add_rules(RULES)
    routes.add_routes(config)
    config.add_templates("portal.accounts")
    config.add_menu("desk", _("Nhân sự"), "accounts.people", order=800, permission=LIST)
    config.add_periodic("accounts.tidy", timedelta(hours=6), service.tidy)
    config.add_subscriber(keeping.forget_when_saved, NewResponse)
    config.scan("portal.accounts.views")
