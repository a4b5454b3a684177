"""The names by which works are known everywhere: a DOI is kept bare, however it was pasted."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_DOI = 200  #: characters
_BEFORE = re.compile(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s{}\\\x00-\x1f\x7f]+")


def bare_doi(text: str) -> str:
    """`text` without what stands before the DOI, in small letters; ValueError where it is no DOI."""
    bare = _BEFORE.sub("", text).strip().lower()
    if len(bare) > MAX_DOI or not _DOI.fullmatch(bare):
        raise ValueError(
            _(
                "“%(text)s” is no DOI. A DOI begins with 10., some figures and a slash, "
                "as in 10.1038/nbt1318. Copy it from the work’s own page, or leave it out."
            )
            % {"text": text.strip()[:MAX_DOI]}
        )
    return bare


class DoiField(models.CharField):
    """A DOI as `10.1038/nbt1318`, also where its address or `doi:` was pasted; empty where there is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"max_length": MAX_DOI, "blank": True} | kwargs))

    def to_python(self, value: Any) -> Any:
        if not value:
            return ""
        try:
            return bare_doi(str(value))
        except ValueError as fault:
            raise ValidationError(str(fault), code="no_doi") from fault


def check_pmid(text: str) -> None:
    """Refuse what is no PubMed number."""
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise ValidationError(gettext_lazy("A PubMed number is figures alone, as in 37703820."), code="pmid")


def check_pmcid(text: str) -> None:
    """Refuse what is no number of PubMed Central."""
    if not re.fullmatch(r"PMC[1-9][0-9]{0,8}", text):
        raise ValidationError(
            gettext_lazy("A PubMed Central number is PMC and figures, as in PMC10545481."), code="pmcid"
        )


def doi_url(doi: str) -> str:
    """Where a DOI leads: `https://doi.org/10.1038/nbt1318`."""
    return f"https://doi.org/{doi}" if doi else ""
