from django.urls import path

from tillit.kit.documents.views import made_document, made_file

urlpatterns = [
    path("dokument/<slug:key>/", made_document, name="made-document"),
    path("dokument/<slug:key>/fil/", made_file, name="made-file"),
]
