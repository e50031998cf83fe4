"""The due date as an appointment for the applicant's own calendar (iCalendar, RFC 5545)."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event
from sqlalchemy.orm import Session

from portal.dossiers import clock
from portal.dossiers.errors import NoDueDate
from portal.dossiers.models import Dossier
from portal.dossiers.office import Office
from portal.dossiers.service.log import events_of

HALF_HOUR = timedelta(minutes=30)


def appointment(
    db: Session,
    dossier: Dossier,
    office: Office,
    *,
    title: str,
    text: str,
    warning: str,
    lang: str,
    page: str,
    at: datetime,
) -> bytes:
    """A calendar with one event: the half hour before the due moment, in UTC, with a warning a day before.

    A later file with the same UID replaces the appointment when the date has moved. Raises `NoDueDate`.
    """
    due = clock.reckon(events_of(db, dossier), office.calendar, dossier.law)
    if due.due_at is None:
        raise NoDueDate()
    event = Event()
    event.add("uid", f"{dossier.uid}@{office.settings.origin.partition(':')[0]}")
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("sequence", dossier.version)
    event.add("dtstart", due.due_at - HALF_HOUR)
    event.add("dtend", due.due_at)
    event.add("summary", title)
    event.add("description", text)
    event.add("location", dossier.reception.label(lang))
    event.add("url", page)
    event.add("status", "CONFIRMED" if due.ended_at is None else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if due.ended_at is None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", warning)
        alarm.add("trigger", timedelta(days=-1))
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//portal//dossiers//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made
