"""Vietnamese text: normal forms, search keys, order, addresses, document numbers and dates.

Level 0: pure functions without state, requests or database; every other package may use them.
"""

from portal.text.dates import (
    FoundDate,
    find_dates,
    parse_date,
    write_date,
    write_place_and_date,
    write_short_date,
)
from portal.text.fold import exact, fold, toneless, with_new_tone_place, with_old_tone_place
from portal.text.normal import LOWERCASE, UPPERCASE, nfc, normal, with_real_dd, without_controls, without_invisible
from portal.text.numbers import (
    DocumentNumber,
    FoundNumber,
    find_numbers,
    join_number,
    number_key,
    parse_number,
    plain_signs,
)
from portal.text.slug import free_slug, slug
from portal.text.sort import name_sort_key, sort_key

__all__ = [
    "LOWERCASE",
    "UPPERCASE",
    "DocumentNumber",
    "FoundDate",
    "FoundNumber",
    "exact",
    "find_dates",
    "find_numbers",
    "fold",
    "free_slug",
    "join_number",
    "name_sort_key",
    "nfc",
    "normal",
    "number_key",
    "parse_date",
    "parse_number",
    "plain_signs",
    "slug",
    "sort_key",
    "toneless",
    "with_new_tone_place",
    "with_old_tone_place",
    "with_real_dd",
    "without_controls",
    "without_invisible",
    "write_date",
    "write_place_and_date",
    "write_short_date",
]
