from django.urls import path

from tillit.site import views

app_name = "site"
urlpatterns = [
    path("", views.start, name="start"),
    path("skrivbord/", views.desk, name="desk"),
    path("kom-igang/", views.guide, name="guide"),
    path("kom-igang/administrator/", views.administrator, name="guide-administrator"),
    path("kom-igang/klart/", views.done, name="guide-done"),
    path("kom-igang/<slug:step>/", views.step, name="guide-step"),
    path("installningar/", views.installation_settings, name="settings"),
    path("installningar/epost/", views.mail_settings, name="mail-settings"),
    path("installningar/epost/nyckel/", views.new_bounce_token, name="new-bounce-token"),
    path("installningar/<slug:step>/", views.setting, name="setting"),
    path("drift/", views.background, name="background"),
    path("sok/", views.search, name="search"),
    path("tidslinje/", views.timeline, name="timeline"),
    path("kallor/", views.source_list, name="sources"),
    path("kallor/<slug:key>/", views.source, name="source"),
    path("komponenter/", views.components, name="components"),
]

# One and the same address in every language: mails have it too.
logo_urls = [path("logotyp/<slug:name>.png", views.logo, name="logo")]
