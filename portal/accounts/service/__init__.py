"""What may happen to people, roles and sign-ins. The only writer of this package's tables."""

from portal.accounts.service.credentials import (
    change_password,
    make_password_link,
    password_link,
    set_password,
    use_password_link,
)
from portal.accounts.service.grants import first_administrator, grant, revoke_grant
from portal.accounts.service.kept import drop_form, keep_form
from portal.accounts.service.people import activate, add_person, change_own, change_person, deactivate
from portal.accounts.service.sessions import (
    open_session,
    revoke_session,
    revoke_sessions,
    sign_in,
    sign_out,
    tidy,
    token_hash,
    touch,
)

__all__ = [
    "activate",
    "add_person",
    "change_own",
    "change_password",
    "change_person",
    "deactivate",
    "drop_form",
    "first_administrator",
    "grant",
    "keep_form",
    "make_password_link",
    "open_session",
    "password_link",
    "revoke_grant",
    "revoke_session",
    "revoke_sessions",
    "set_password",
    "sign_in",
    "sign_out",
    "tidy",
    "token_hash",
    "touch",
    "use_password_link",
]
