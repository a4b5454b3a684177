"""Forms of news: a draft may be nearly empty, what is published says what its readers need."""

from typing import Any

from django import forms

from collegium.newsroom import lines
from collegium.pages.page_form import PageForm


class NewsForm(PageForm):
    """An item of news. What it lacks is asked for at its field, once it is to be published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "date" in self.fields and self.instance.needs_date:
            self.fields["date"].required = True  # Wagtail does not require it in a draft

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation:
            return
        for name, sentence in self.instance.publish_errors().items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, sentence)


class LifeDayField(forms.CharField):
    """A day of a life as it is typed, kept as `1948`, `1948-03` or `1948-03-21`."""

    def to_python(self, value: Any) -> str:
        return lines.life_day(super().to_python(value) or "")


class RemembranceForm(NewsForm):
    """A remembrance. Its days may be written in words; the browser cuts none of them off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("born", "died"):
            if shown := self.fields.get(name):
                self.fields[name] = LifeDayField(
                    required=False, label=shown.label, help_text=shown.help_text, validators=[lines.check_day]
                )
