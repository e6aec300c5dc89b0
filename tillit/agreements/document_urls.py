"""A version as a document, and a draft's text from one."""

from django.urls import path

from tillit.agreements.documents import FORMS
from tillit.agreements.views import documents, word

VERSION = "overenskommelser/<slug:key>/versioner/<slug:version>/"

urlpatterns = [
    path(f"{VERSION}dokument/", documents.version_page, name="version-document"),
    *(
        path(
            f"{VERSION}dokument.{it}",
            documents.version_file,
            {"as_": it},
            name=f"version-document-{it}",
        )
        for it in FORMS
    ),
    path(f"{VERSION}fran-word/", word.upload, name="word"),
    path(f"{VERSION}fran-word/granskning/", word.preview, name="word-preview"),
]
