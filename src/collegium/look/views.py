"""The pattern sheet: every component of the look on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from collegium.look import samples

DIRECTIONS = ("ltr", "rtl")
SCHEMES = ("light", "dark")


def pattern_sheet(request: HttpRequest) -> HttpResponse:
    """All samples by name. `?dir=` sets the direction, `?scheme=` the colour scheme."""
    context = {
        "samples": [_shown(name) for name in samples.component_names()],
        "sample": samples.WORDS | {"form": samples.sent_back()},
        "direction": _one_of(DIRECTIONS, request.GET.get("dir")),
        "scheme": _one_of(SCHEMES, request.GET.get("scheme")),
    }
    return render(request, "look/pattern_sheet.html", context)


def _shown(name: str) -> dict[str, str | bool]:
    template = f"look/samples/{name}.html"
    return {"name": name, "template": template, "edge_to_edge": name in samples.EDGE_TO_EDGE}


def _one_of(choices: tuple[str, ...], wanted: str | None) -> str:
    return wanted if wanted in choices else ""
