"""The pages of signing in. Their names are those by which django-allauth finds them."""

from django.urls import path

from tillit.accounts.views import (
    addresses,
    confirm,
    demo,
    factors,
    passkeys,
    providers,
    settings,
    sign_in,
    steps,
)

urlpatterns = [
    path("logga-in/", sign_in.sign_in, name="account_login"),
    path("logga-in/kod/", sign_in.code, name="account_confirm_login_code"),
    path("logga-in/losenord/", steps.by_password, name="account_password"),
    path("logga-in/andra-steget/", steps.second_step, name="mfa_authenticate"),
    path("logga-in/losennyckel/", passkeys.by_passkey, name="mfa_login_webauthn"),
    path("logga-in/losennyckel/fraga/", passkeys.ask, name="account_ask_passkey"),
    path("logga-in/med/<slug:provider_id>/", providers.begin, name="openid_connect_login"),
    path("logga-ut/", sign_in.sign_out, name="account_logout"),
    path("demo/logga-in/", demo.try_as, name="account_demo"),
    path("konto/", settings.sign_in_settings, name="account_settings"),
    path("konto/bekraftelse/", confirm.confirm, name="account_reauthenticate"),
    path("konto/sprak/", settings.language, name="account_language"),
    path("konto/tva-steg/", settings.two_steps, name="account_two_steps"),
    path("konto/utloggning/", settings.sign_out_elsewhere, name="account_sign_out_elsewhere"),
    path("konto/adresser/ny/", addresses.add, name="account_email"),
    path(
        "konto/adresser/bekraftelse/",
        addresses.confirm_address,
        name="account_email_verification_sent",
    ),
    path("konto/adresser/<int:pk>/huvudadress/", addresses.make_main, name="account_main_address"),
    path("konto/adresser/<int:pk>/borttagning/", addresses.remove, name="account_remove_address"),
    path("konto/losenord/", factors.password, name="account_change_password"),
    path("konto/losenord/borttagning/", factors.no_password, name="account_no_password"),
    path("konto/kodapp/", factors.app, name="mfa_activate_totp"),
    path("konto/kodapp/borttagning/", factors.no_app, name="mfa_deactivate_totp"),
    path("konto/reservkoder/", factors.reserve_codes, name="mfa_view_recovery_codes"),
    path("konto/losennycklar/ny/", passkeys.add, name="mfa_add_webauthn"),
    path("konto/losennycklar/ny/fraga/", passkeys.ask_for_new, name="account_ask_new_passkey"),
    path("konto/losennycklar/<int:pk>/borttagning/", passkeys.remove, name="mfa_remove_webauthn"),
    path("konto/kopplingar/<int:pk>/borttagning/", settings.unlink, name="account_unlink"),
]

# The address that a provider is told: one and the same in every language.
for_providers = [
    path("logga-in/med/<slug:provider_id>/svar/", providers.answer, name="openid_connect_callback"),
]
