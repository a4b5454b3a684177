"""The pages of the edge itself, whole without a stylesheet, and the headers that they carry."""

from html import escape

Headers = list[tuple[str, str]]
#: As Django sends them; a page of ours needs nothing but its own text.
_SECURITY: Headers = [
    (
        "content-security-policy",
        "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
]
_HSTS = ("strict-transport-security", "max-age=31536000")
HEADLINES = {
    400: "This request cannot be read",
    404: "Nothing is here",
    405: "This is not done here",
    408: "The request did not arrive in time",
    411: "The request does not say how long it is",
    413: "That is too large",
    414: "The address is too long",
    429: "Too many requests at once",
    431: "The request is too large",
    502: "The site does not answer just now",
    503: "The site is very busy",
    504: "The site did not answer in time",
    507: "The disk of this site is nearly full",
}
AGAIN = "Please try again in a moment. Nothing that you sent has been done twice."


def headers(scheme: str, kind: str = "text/html") -> Headers:
    """The headers of a page of ours, of the media type `kind`."""
    own = [("content-type", f"{kind}; charset=utf-8"), ("cache-control", "no-store"), *_SECURITY]
    return [*own, _HSTS] if scheme == "https" else own


def page(status: int, why: str = "", *, form: str = "") -> str:
    """The page for `status`; `why` is a sentence of ours, `form` markup that follows it."""
    headline = HEADLINES.get(status, "This request cannot be answered")
    text = escape(why or AGAIN)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{headline}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"></head>'
        f"<body><main><h1>{headline}</h1><p>{text}</p>{form}</main></body></html>\n"
    )
