"""What happened and what was written down, over the API: activities and notes."""

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router, Status

from earnest.people.requests import Request
from earnest.records import services
from earnest.records.services import notes
from earnest.surfaces.api import answers, talk_shapes
from earnest.surfaces.api.access import Known

router = Router(auth=Known("activities"), tags=["activities"])
# What ninja checks against the type that the operation names, and sends.
Answer = Any


@router.get("/activities", response=answers.listing(talk_shapes.Activity), url_name="activities")
def list_activities(request: Request, query: Query[talk_shapes.ActivitiesQuery]) -> Answer:
    """The activities of what you see."""
    return answers.listed(request, "activity", query)


@router.post("/activities", response=answers.making(talk_shapes.Activity), url_name="activities")
def log_activity(request: Request, response: HttpResponse, sent: talk_shapes.ActivityFields) -> Answer:
    """Write down a meeting, a call, a message; the same Idempotency-Key again gives the one of the first time."""
    values = sent.model_dump(exclude_unset=True)
    made = services.log_activity(by=answers.by(request), key=answers.key_of(request), **values)
    return Status(201, answers.told(request, response, "activity", made.pk))


@router.get("/activities/{activity_id}", response=answers.reading(talk_shapes.Activity), url_name="activity")
def read_activity(request: Request, response: HttpResponse, activity_id: answers.RecordId) -> Answer:
    """One activity, with its version as ETag."""
    return answers.told(request, response, "activity", activity_id)


@router.patch("/activities/{activity_id}", response=answers.writing(talk_shapes.Activity), url_name="activity")
def edit_activity(
    request: Request, response: HttpResponse, sent: talk_shapes.ActivityFields, activity_id: answers.RecordId
) -> Answer:
    """Write the fields that are sent, and no others."""
    values, version = sent.model_dump(exclude_unset=True), answers.version_of(request)
    services.edit_activity(by=answers.by(request), activity_id=activity_id, version=version, **values)
    return answers.told(request, response, "activity", activity_id)


@router.delete("/activities/{activity_id}", response=answers.deleting(), url_name="activity")
def discard_activity(request: Request, activity_id: answers.RecordId) -> Answer:
    """Put an activity into the recycle bin, where it stays for 90 days."""
    answers.discard(request, "activity", activity_id)
    return Status(204, None)


@router.get("/notes", response=answers.listing(talk_shapes.Note), url_name="notes")
def list_notes(request: Request, query: Query[talk_shapes.NotesQuery]) -> Answer:
    """The notes beside what you see."""
    return answers.listed(request, "note", query)


@router.post("/notes", response=answers.making(talk_shapes.Note), url_name="notes")
def add_note(request: Request, response: HttpResponse, sent: talk_shapes.NewNote) -> Answer:
    """Write a note beside one record; whoever is named with an @ is told."""
    values = sent.model_dump(exclude_unset=True)
    made = notes.add_note(by=answers.by(request), **values)
    return Status(201, answers.told(request, response, "note", made.pk))


@router.get("/notes/{note_id}", response=answers.reading(talk_shapes.Note), url_name="note")
def read_note(request: Request, response: HttpResponse, note_id: answers.RecordId) -> Answer:
    """One note, with its version as ETag."""
    return answers.told(request, response, "note", note_id)


@router.patch("/notes/{note_id}", response=answers.writing(talk_shapes.Note), url_name="note")
def edit_note(
    request: Request, response: HttpResponse, sent: talk_shapes.NoteText, note_id: answers.RecordId
) -> Answer:
    """Write the fields that are sent, and no others."""
    values, version = sent.model_dump(exclude_unset=True), answers.version_of(request)
    notes.edit_note(by=answers.by(request), note_id=note_id, version=version, **values)
    return answers.told(request, response, "note", note_id)


@router.delete("/notes/{note_id}", response=answers.deleting(), url_name="note")
def discard_note(request: Request, note_id: answers.RecordId) -> Answer:
    """Put a note of yours into the recycle bin, where it stays for 90 days."""
    notes.discard_note(by=answers.by(request), note_id=note_id, version=answers.version_of(request))
    return Status(204, None)
