from django.urls import path

from tillit.kit.files.views import file

# One and the same address in every language: it may stand in a mail.
urlpatterns = [path("fil/<slug:key>/", file, name="file")]
