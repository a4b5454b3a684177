"""Every address of an installation. Wagtail's catch-all comes last, below the prefix of each language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve as wagtail_serve

from collegium.config import media
from collegium.config.ready import ready
from collegium.config.uploads import may_upload
from collegium.newsroom import views as newsroom
from collegium.website import views as website
from collegium.website import well_known
from collegium.website.page_password import page_password

handler404 = website.not_found
handler500 = "collegium.config.unavailable.server_error"

urlpatterns = [
    path("", website.root),
    path("readyz", ready),
    path("_edge/upload", may_upload),
    path("go/<slug:kind>/<uuid:public_id>/", website.go, name="go"),
    path("robots.txt", well_known.robots),
    path("sitemap.xml", well_known.sitemap_index, name="sitemap"),
    path(
        "sitemap-<slug:language>-<slug:kind>-<int:number>.xml", well_known.sitemap_sheet, name="sitemap_sheet"
    ),
    path("sitemap-<slug:language>.xml", well_known.sitemap_of_language, name="sitemap_of_language"),
    path(".well-known/security.txt", well_known.security),
    path(".well-known/change-password", well_known.change_password),
    path("look/social/<str:token>.png", well_known.social_image, name="social-image"),
    path("look/brand-<slug:stamp>.css", well_known.brand, name="brand"),
    path("admin/", include("collegium.desk.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("look/", include("collegium.look.urls")),
    # Pictures only: a document may be private, and Wagtail serves it after checking access.
    path("media/images/<path:path>", media.picture),
    path("media/audio/<str:name>", newsroom.recording, name="recording"),
    *i18n_patterns(
        re_path(r"^((?:[\w-]+/)+podcast\.png)$", wagtail_serve),
        # Feeds are addresses of pages too; Wagtail's pattern leaves out what ends in an extension.
        re_path(r"^((?:[\w-]+/)+[\w-]+\.(?:ics|rss|atom|json|bib|ris))$", wagtail_serve),
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            page_password,
            name="wagtailcore_authenticate_with_password",
        ),
        # Wagtail's own login view would be a second door; it leads to the desk's.
        path("_util/login/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)),
        path("", include(wagtail_urls)),
    ),
]
