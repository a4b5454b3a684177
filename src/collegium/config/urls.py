"""Every address of an installation. Wagtail's catch-all comes last, below the prefix of each language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve as wagtail_serve

from collegium.newsroom import views as newsroom
from collegium.website import views as website

urlpatterns = [
    path("", website.root),
    path("go/<slug:kind>/<uuid:public_id>/", website.go, name="go"),
    path("admin/", include("collegium.desk.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("look/", include("collegium.look.urls")),
    # Pictures only: documents may be private, and are handed out by the library, which asks.
    path("media/images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "images"}),
    path("media/audio/<str:name>", newsroom.recording, name="recording"),
    *i18n_patterns(
        re_path(r"^((?:[\w-]+/)+podcast\.png)$", wagtail_serve),
        # Feeds are addresses of pages too; the library's pattern leaves out what ends in a dot and a word.
        re_path(r"^((?:[\w-]+/)+[\w-]+\.(?:ics|rss|atom|json))$", wagtail_serve),
        path("", include(wagtail_urls)),
    ),
]
