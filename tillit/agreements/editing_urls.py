"""Where agreements are written. Stands before the pages that are read."""

from django.urls import path

from tillit.agreements.views import promises as reading
from tillit.agreements.views.editing import (
    adopting,
    beginning,
    changes,
    entry,
    signing,
    telling,
    wording,
)

OF = "overenskommelser/<slug:key>/"
VERSION = f"{OF}versioner/<slug:version>/"
PART = f"{VERSION}delar/<slug:noun>/"
MEASURE = f"{OF}atgarder/<slug:measure>/"
CSV, XLSX = {"as_": "csv"}, {"as_": "xlsx"}

urlpatterns = [
    path("overenskommelser/ny/", beginning.new_agreement, name="new-agreement"),
    path(f"{OF}redigera/", entry.edit, name="edit"),
    path(f"{OF}redigera/uppgifter/", entry.edit_entry, name="edit-entry"),
    path(f"{OF}parter/ny/", entry.new_party, name="new-party"),
    path(f"{OF}parter/<str:row>/", entry.party, name="party"),
    path(f"{OF}parter/<str:row>/<slug:word>/", entry.party_deed, name="party-deed"),
    path(f"{OF}andringar/", changes.changes, name="changes"),
    path(f"{OF}andringar.csv", changes.changes, CSV, name="changes-csv"),
    path(f"{OF}andringar.xlsx", changes.changes, XLSX, name="changes-xlsx"),
    path(f"{OF}andringar/<int:number>/angra/", changes.change_undo, name="change-undo"),
    path(f"{OF}versioner/ny/", beginning.new_version, name="new-version"),
    path(f"{VERSION}redigera/", wording.edit_version, name="edit-version"),
    path(f"{VERSION}redigera/uppgifter/", wording.version_entry, name="version-entry"),
    path(f"{VERSION}borttagning/", beginning.remove_version, name="remove-version"),
    path(f"{VERSION}andringar/", changes.version_changes, name="version-changes"),
    path(f"{VERSION}andringar.csv", changes.version_changes, CSV, name="version-changes-csv"),
    path(f"{VERSION}andringar.xlsx", changes.version_changes, XLSX, name="version-changes-xlsx"),
    path(f"{PART}ny/", wording.new_part, name="new-part"),
    path(f"{PART}numrering/", wording.part_numbering, name="part-numbering"),
    path(f"{PART}<str:row>/flytt/<slug:word>/", wording.part_move, name="part-move"),
    path(f"{PART}<str:row>/<slug:word>/", wording.part_deed, name="part-deed"),
    path(f"{VERSION}antagande/", adopting.adoption, name="adoption"),
    path(
        f"{VERSION}antagande/<str:row>/aterkallelse/",
        adopting.withdrawal,
        name="adoption-withdrawal",
    ),
    path(f"{VERSION}undertecknande/", signing.signing_request, name="signing"),
    path(f"{VERSION}ataganden/", reading.promises, name="promises"),
    path(f"{VERSION}ataganden.csv", reading.promises, CSV, name="promises-csv"),
    path(f"{VERSION}ataganden.xlsx", reading.promises, XLSX, name="promises-xlsx"),
    path(
        f"{VERSION}ataganden/<str:row>/uppfoljning/<int:year>/",
        telling.commitment_follow_up,
        name="commitment-follow-up",
    ),
    path(f"{MEASURE}lage/", telling.measure_status, name="measure-status"),
    path(f"{MEASURE}uppfoljning/<int:year>/", telling.measure_follow_up, name="measure-follow-up"),
]
