"""Production. `dev` and `test` are the deviations, so that what is deployed is safe by default."""

from pathlib import Path

from collegium.config import sqlite
from collegium.config.env import Bucket, Env
from collegium.kit import zones

ENV = Env.read()
PROJECT = Path(__file__).resolve().parents[4]

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = ENV.hosts
DEMO_DATE = ENV.demo_date
DEMO_DATE_SINCE = ENV.demo_date_since

INSTALLED_APPS = [
    # The front of the house comes first: its templates take the place of the plain frame of `look`.
    "collegium.intake",
    "collegium.website",
    "collegium.sections",
    "collegium.newsroom",
    "collegium.desk",
    "collegium.languages",
    "collegium.pages",
    "collegium.events",
    "collegium.governance",
    "collegium.careers",
    "collegium.library",
    "collegium.publishing",
    "collegium.society",
    "collegium.people",
    "collegium.mail",
    "collegium.audit",
    "collegium.work",
    "collegium.look",
    "wagtail_localize",
    "wagtail_localize.locales",
    "collegium.config",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "collegium.config.middleware.RemoteAddrMiddleware",
    "collegium.config.sendfile.SendFileMiddleware",
    "collegium.config.shared_cache.SharedCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "collegium.config.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "collegium.people.sessions.SessionExpiryMiddleware",
    "collegium.config.middleware.UrlLocaleMiddleware",
    "collegium.config.middleware.RequestCacheMiddleware",
    "collegium.config.middleware.Maintenance",
    "collegium.config.unavailable.DatabaseAwayMiddleware",
    "collegium.config.disk.DiskReserveMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "collegium.desk.transactions.DeskTransactionMiddleware",
]

ROOT_URLCONF = "collegium.config.urls"
WSGI_APPLICATION = "collegium.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "collegium.website.context.frame",
            ],
            "builtins": ["collegium.look.templatetags.look"],
        },
    }
]

DATABASES = {"default": ENV.database}
if ENV.database["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "factory": sqlite.connecting(ENV.var / "served-database"),
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # PostgreSQL would compile what it thinks will take long, which takes longer than any of our answers.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["collegium.people.backends.ThrottledBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "collegium.people.validators.GuessableValidator"},
    {"NAME": "collegium.people.validators.ChangeRecorder"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

CACHES = {
    "default": ENV.cache,
    # Pages ask for these, and no page is to need a cache server. A new picture has a new key.
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}
# Every letter is a row of the outbox; the worker hands it to the backend that EMAIL_URL names.
EMAIL_BACKEND = "collegium.mail.backends.OutboxBackend"
MAIL_DELIVERY_BACKEND = ENV.email["EMAIL_BACKEND"]
EMAIL_TIMEOUT = 10
BACKUP_DIR, BACKUP_KEEP, BACKUP_KEY = ENV.backup_dir, ENV.backup_keep, ENV.backup_key
EMAIL_FILE_PATH = str(ENV.var / "mail")
EMAIL_HOST = ENV.email.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = ENV.email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = ENV.email.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = ENV.email.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = ENV.email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = ENV.email.get("EMAIL_USE_SSL", False)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The machine's own zone is UTC: what people read always carries the zone of the thing itself.
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en"
# Those that the software knows; which of them a society uses is data: its languages at the desk.
LANGUAGES = [
    ("en", "English"),
    ("ko", "Korean"),
    ("ja", "Japanese"),
    ("es", "Spanish"),
    ("ar", "Arabic"),
]
LOCALE_PATHS = [ENV.var / "locale"]  # compiled from the catalogues by `collegium build-assets`
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
# A new translation is a draft until its translator publishes it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

STATIC_URL = "/static/"
STATIC_ROOT = ENV.var / "static"
STATICFILES_DIRS = [ENV.var / "look"]  # the stylesheet and the fonts that `collegium build-assets` makes
SOCIAL_IMAGE_DIR = ENV.var / "social-images"  # what other sites show beside our links, drawn once
MAINTENANCE_FILE = ENV.var / "maintenance"  # while this file is there, readers are told to come back
CACHE_VERSION_FILE = ENV.var / "content-version"  # raised by every public change; the edge reads it
VAR = ENV.var
DISK_RESERVE = 200_000_000  # bytes; where less is free, nothing is saved: see config/disk.py
RAISE_ON_PRIVATE_READ = False  # in tests, a public page that reads an undeclared private table fails
# Seconds for which a CDN may keep a page; 0 unless we purge it on changes.
CDN_MAX_AGE = 60 if ENV.purge else 0
MEDIA_URL = "/media/"
if isinstance(ENV.storage, Bucket):
    BUCKET = ENV.storage
    MEDIA_ROOT = ENV.var / "media"  # nothing is put there
    UPLOADS = {"BACKEND": "collegium.config.bucket.BucketStorage"}
else:
    MEDIA_ROOT = ENV.storage
    UPLOADS = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORAGES = {
    "default": UPLOADS,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

SESSION_COOKIE_AGE = 30 * 60  # without a request; `people.sessions` also ends it 12 hours after signing in
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
if ENV.https:  # browsers take such a cookie from this very host only, over HTTPS
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_FAILURE_VIEW = "collegium.website.views.csrf_failure"
SECURE_SSL_REDIRECT = False  # the proxy in front answers plain HTTP
SECURE_HSTS_SECONDS = 31536000 if ENV.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "collegium.pages.rich_text.RichTextArea"}}
WAGTAIL_SITE_NAME = "Collegium"
WAGTAILADMIN_BASE_URL = f"{'https' if ENV.https else 'http'}://{ENV.hosts[0]}"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_USER_LOGIN_FORM = "collegium.desk.sign_in.SignInForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "collegium.desk.sign_in.ResetForm"  # noqa: S105
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # "Zürich" becomes zurich: addresses that anybody can type
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in zones.known() if zone != zones.ANYWHERE)
WAGTAIL_PAGE_MODEL = "wagtailcore.Page"
# A document may be private: Wagtail serves it after checking access, whatever store it lies in.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "collegium.pages.upload_forms.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "collegium.pages.upload_forms.ImageForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "csv", "txt", "zip"]
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "wagtailadmin_login"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"collegium": {"level": "INFO"}},
}
