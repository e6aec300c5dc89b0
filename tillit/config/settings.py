"""The one settings file. What an installation may choose is read by `env`: see docs/settings.md."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from tillit.config import env, files, logs, oidc
from tillit.config.contexts import CONTEXTS

PACKAGE = Path(__file__).resolve().parent.parent  # the folder tillit
DATA = env.folder("TILLIT_DATA", PACKAGE.parent / ".data")

DEBUG = env.flag("TILLIT_DEBUG", default=False)
SECRET_KEY = env.secret("TILLIT_SECRET_KEY", kept_in=DATA / "secret-key")
ALLOWED_HOSTS = env.words("TILLIT_HOSTS", "localhost 127.0.0.1 [::1]")
HTTPS = env.flag("TILLIT_HTTPS", default=False)
PORT = env.whole("PORT", 8000, lowest=1)
WORKERS = env.whole("TILLIT_WORKERS", 1, lowest=1, highest=64)
TASK_WORKERS = env.whole("TILLIT_TASK_WORKERS", 1, lowest=1, highest=64)
TILLIT_DEMO = env.flag("TILLIT_DEMO", default=False)
TILLIT_URL = env.address("TILLIT_URL", env.own_address(ALLOWED_HOSTS[0], PORT, https=HTTPS))

ROOT_URLCONF = "tillit.config.urls"
WSGI_APPLICATION = "tillit.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TILLIT_CONTEXTS = CONTEXTS
TILLIT_HOME = "site:start"
TILLIT_SOURCE_PAGE = "site:source"
TILLIT_CHOOSE = "register:capacity"
TILLIT_SEARCH = "site:search"
TILLIT_SUGGEST = "site:suggestions"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "csp",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "tillit.kit.background",
    "tillit.kit.search",
    *CONTEXTS,
]

MIDDLEWARE = [
    "tillit.kit.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tillit.accounts.middleware.FunctionAddresses",
    "tillit.site.middleware.SettingUp",
    "tillit.duplicates.middleware.MovedAddresses",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tillit.kit.middleware.Refusals",
]

# The database: SQLite in TILLIT_DATA unless DATABASE_URL names another.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA secure_delete=ON; PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
    ),
}
try:
    database = dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{DATA / 'tillit.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
except (dj_database_url.UnknownSchemeError, dj_database_url.ParseError, ValueError):
    raise ImproperlyConfigured(
        "DATABASE_URL can't be read: write postgres://user:password@host:5432/name."
    )
if database["ENGINE"] == "django.db.backends.sqlite3":
    database["OPTIONS"] = {**SQLITE, **database.get("OPTIONS", {})}
DATABASES = {"default": {**database, "ATOMIC_REQUESTS": False}}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tillit.kit.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tillit.kit.templatetags.kit",
            ],
        },
    },
]

# What a page says after a change, such as “Saved”: in the session, since there is no other cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {
    message_levels.INFO: "joint",
    message_levels.SUCCESS: "good",
    message_levels.WARNING: "warn",
    message_levels.ERROR: "bad",
}

# In the background: tasks are rows, so that nothing asked for is lost; times in schedule.py.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
TILLIT_SCHEDULE = "tillit.config.schedule"

# What several processes count together, such as failed sign-ins.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # So many that nobody empties it of what is counted by adding to it.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# Sign-in: django-allauth's machinery, in the pages and with the rules of tillit.accounts.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:desk"
LOGOUT_REDIRECT_URL = TILLIT_HOME
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
ACCOUNT_ADAPTER = "tillit.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # every address here has been verified by a code of ours
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {
    "ask_code": "30/h/ip,5/h/key,20/d/key",  # the key is a use, an address and where one asks from
    "mail_code": "100/d/key",  # and here a use and an address, wherever one asks from
    "try_code": "3/d/key",  # the key is that of one code
    "unknown_address": "2/d/key",
    "login_failed": "30/h/ip,5/15m/key",
    "reauthenticate": "10/15m/user",
    "ask_erasure": "10/h/ip,3/d/key",
    "report": "10/h/ip",
    "consult": "40/d/ip,5/d/key",  # a link by which to answer, to an address of anybody's
    "apply": "20/d/ip,3/d/key",  # for membership, to an address that nobody has confirmed
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("TILLIT_PROXIES", int(HTTPS), highest=9)
MFA_ADAPTER = "tillit.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tillit"
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "tillit.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc.providers(), "OAUTH_PKCE_ENABLED": True}}

# Mail: what stands here goes before what is set in the browser (tillit.post.server).
TILLIT_MAIL = env.mail_server("TILLIT_MAIL_URL")
TILLIT_MAIL_FROM = env.mail_sender("TILLIT_MAIL_FROM")
TILLIT_BOUNCE_MAILBOX = env.mailbox("TILLIT_BOUNCE_MAILBOX_URL")
TILLIT_BOUNCE_TOKEN = env.token("TILLIT_BOUNCE_TOKEN")
TILLIT_MAIL_HOSTS = env.hosts("TILLIT_MAIL_HOSTS")
TILLIT_MAIL_TIMEOUT = env.whole("TILLIT_MAIL_TIMEOUT", 60, lowest=1, highest=600)
TILLIT_MAIL_LEASE = env.whole("TILLIT_MAIL_LEASE", 900, lowest=1, highest=86400)
if TILLIT_MAIL_LEASE <= 6 * TILLIT_MAIL_TIMEOUT:
    raise ImproperlyConfigured("TILLIT_MAIL_LEASE must be more than six times TILLIT_MAIL_TIMEOUT.")
if TILLIT_DEMO and TILLIT_MAIL:
    raise ImproperlyConfigured("TILLIT_DEMO and TILLIT_MAIL_URL: a demo sends no mail to anybody.")

# Language: Swedish addresses and Swedish text first; /en/ before an address gives English.
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("TILLIT_STATIC", DATA / "static")
MEDIA_ROOT = files.folder("TILLIT_FILES", DATA / "files")  # what people upload; views serve it
TILLIT_LARGEST_FILE = env.whole("TILLIT_LARGEST_FILE", 20, lowest=1, highest=500) * 2**20
TILLIT_LARGEST_REQUEST = max(TILLIT_LARGEST_FILE, 12 * 2**20) + 2**20  # of one file, for any form
FILE_UPLOAD_HANDLERS = [
    "tillit.kit.files.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": files.storage("TILLIT_FILES"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Security: nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_USE_SESSIONS = True  # no cookie but the session's
CSRF_FAILURE_VIEW = "tillit.kit.errors.form_too_old"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"

LOGGING_CONFIG = None
LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]
logs.configure(
    as_json=env.flag("TILLIT_LOG_JSON", default=False),
    level=env.one_of("TILLIT_LOG_LEVEL", "INFO", LOG_LEVELS),
)
