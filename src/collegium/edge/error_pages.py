"""What a reader is told when Django cannot speak: a page without a stylesheet, whole in itself."""

from html import escape

HEADERS = [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store")]
HEADLINES = {
    400: "This request cannot be read",
    405: "This is not done here",
    408: "The request did not arrive in time",
    411: "The request does not say how long it is",
    413: "That is too large",
    414: "The address is too long",
    431: "The request is too large",
    502: "The site does not answer just now",
    503: "The site is very busy",
    504: "The site did not answer in time",
}
AGAIN = "Please try again in a moment. Nothing that you sent has been done twice."


def page(status: int, why: str = "") -> str:
    """The page for `status`; `why` is a sentence of ours."""
    headline = HEADLINES.get(status, "This request cannot be answered")
    told = escape(why or AGAIN)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{headline}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"></head>'
        f"<body><main><h1>{headline}</h1><p>{told}</p></main></body></html>\n"
    )
