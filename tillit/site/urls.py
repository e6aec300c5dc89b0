from django.urls import path

from tillit.site import views

app_name = "site"
urlpatterns = [
    path("", views.start, name="start"),
    path("skrivbord/", views.desk, name="desk"),
    path("kom-igang/", views.guide, name="guide"),
    path("kom-igang/administrator/", views.administrator, name="guide-administrator"),
    path("kom-igang/klart/", views.done, name="guide-done"),
    path("kom-igang/sakerhetskopior/nyckel/", views.backup_key, name="backup-key"),
    path("kom-igang/<slug:step>/", views.step, name="guide-step"),
    path("installningar/", views.installation_settings, name="settings"),
    path("installningar/epost/", views.mail_settings, name="mail-settings"),
    path("installningar/epost/nyckel/", views.new_bounce_token, name="new-bounce-token"),
    path("installningar/sakerhetskopior/nu/", views.backup_now, name="backup-now"),
    path("installningar/export/", views.exports, name="exports"),
    path("installningar/export/<slug:key>.zip", views.export_file, name="export-file"),
    path("installningar/export/<slug:key>/bort/", views.export_removal, name="export-removal"),
    path("installningar/<slug:step>/", views.setting, name="setting"),
    path("drift/", views.background, name="background"),
    path("sok/", views.search, name="search"),
    path("sok/forslag/", views.suggestions, name="suggestions"),
    path("tidslinje/", views.timeline, name="timeline"),
    path("kallor/", views.source_list, name="sources"),
    path("kallor/<slug:key>/", views.source, name="source"),
    path("kallor/<slug:key>/dokument/nytt/", views.new_document, name="new-document"),
    path("kallor/<slug:key>/dokument/<slug:file>/", views.document, name="document"),
    path(
        "kallor/<slug:key>/dokument/<slug:file>/borttagning/",
        views.document_removal,
        name="document-removal",
    ),
    path("komponenter/", views.components, name="components"),
]

# One and the same address in every language: mails have it too.
logo_urls = [path("logotyp/<slug:name>.png", views.logo, name="logo")]
