"""Who has a desk."""

from portal.rules import Rules, signed_in

ENTER = "desk.enter"

RULES: Rules = {ENTER: [[signed_in]]}
