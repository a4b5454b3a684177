"""A form that could not be saved: it comes back with what was typed, to be sent again by one button."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_ABOUT = "What you typed is kept on this page. Send it again in a moment."


def form(request: HttpRequest) -> str:
    """The fields that `request` sent, and a button to send them again; nothing where it sent no form."""
    if request.method != "POST" or "text/html" not in request.headers.get("Accept", ""):
        return ""
    hidden = [(name, value) for name, values in request.POST.lists() for value in values if not _secret(name)]
    return format_html(
        '<form method="post" action="{}" enctype="multipart/form-data"><p>{}</p>{}{}{}'
        "<p><button>Send again</button></p></form>",
        request.get_full_path(),
        _ABOUT,
        # A line break at the beginning of a value survives in a textarea only if another one precedes it.
        format_html_join("", '<textarea name="{}" hidden>\n{}</textarea>', hidden),
        _inputs("Password", "password", filter(_secret, request.POST)),
        _inputs("Choose the file again", "file", request.FILES),
    )


def _secret(name: str) -> bool:
    """Passwords are typed again: they never stand in a page."""
    return "password" in name


def _inputs(label: str, kind: str, names: Iterable[str]) -> SafeString:
    rows = [(label, kind, name) for name in names]
    return format_html_join("", '<p><label>{}: <input type="{}" name="{}"></label></p>', rows)
