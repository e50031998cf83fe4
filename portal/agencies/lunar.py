"""The Vietnamese lunar calendar (âm lịch, UTC+7), as far as public holidays need it: lunar day and month to a date.

New moons and solar longitudes by the usual short series of Meeus, "Astronomical Algorithms"; right to the day for the
years 1900 to 2100, which a test compares with the tables of another library.
"""

from datetime import date
from functools import lru_cache
from math import floor, pi, sin

_MEAN_MONTH = 29.530588853
_FIRST_NEW_MOON = 2415021.076998695
_DAY_0 = 1721424.5
"""Julian day of ordinal 0 of `date`."""
_HANOI = 7 / 24


def solar_date(year: int, month: int, day: int) -> date:
    """The date of a lunar day (not of a leap month) in the lunar year that begins in the solar `year`."""
    start, months = _months(year)
    return date.fromordinal(_new_moon(start + months[month - 1]) + day - 1)


def tet(year: int) -> date:
    """The first day of the lunar year (mùng một Tết)."""
    return solar_date(year, 1, 1)


@lru_cache(maxsize=256)
def _months(year: int) -> tuple[int, tuple[int, ...]]:
    """The new moon of the month with the winter solstice before, and how many moons later each month begins."""
    before, after = _eleventh_month(year - 1), _eleventh_month(year)
    leap = None
    if after - before == 13:
        leap = next(i for i in range(1, 14) if _term(_new_moon(before + i)) == _term(_new_moon(before + i + 1)))
    without_leap = [i for i in range(14) if i != leap]
    return before, tuple(without_leap[2:])


def _eleventh_month(year: int) -> int:
    """The number of the new moon whose month holds the winter solstice of the year."""
    moon = floor((date(year, 12, 31).toordinal() + _DAY_0 - _FIRST_NEW_MOON) / _MEAN_MONTH)
    while _new_moon(moon) > date(year, 12, 31).toordinal():
        moon -= 1
    return moon - 1 if _term(_new_moon(moon)) >= 9 else moon


@lru_cache(maxsize=4096)
def _new_moon(number: int) -> int:
    """The ordinal of the day in Hà Nội on which new moon `number` (0: 1 January 1900) falls."""
    t = number / 1236.85
    rad = pi / 180
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * rad)
    sun = (359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3) * rad
    moon = (306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3) * rad
    node = (21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3) * rad
    shift = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon) + 0.0161 * sin(2 * moon)
    shift += -0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    shift += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    shift += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(sun + 2 * moon)
    late = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return floor(mean + shift - late + 0.5 + _HANOI) - floor(_DAY_0 + 0.5)


def _term(ordinal: int) -> int:
    """Which twelfth of the ecliptic (0 from the spring equinox) the sun is in at midnight in Hà Nội."""
    t = (ordinal + _DAY_0 - _HANOI - 2451545.0) / 36525
    rad = pi / 180
    anomaly = (357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3) * rad
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return floor(longitude % 360 / 30)
