"""Permissions of theming."""

from portal.rules import Rules, anyone

READ_ASSET = "theming.read_asset"

RULES: Rules = {READ_ASSET: [[anyone]]}
