"""Forms of uploads: they say who can open a file, and refuse content that is not what the name says."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

PRIVATE = gettext_lazy("Only the office can open this file until a published page or record shows it.")

#: The first bytes of each kind of document. Word, Excel and PowerPoint files are ZIP archives.
SIGNATURES = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
}
TEXT = ("csv", "txt")
HEAD = 4096  #: bytes that are looked at


class DocumentForm(BaseDocumentForm):
    """Wagtail's form of a document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = PRIVATE

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            _ensure_content(file)
        return file


class CheckedImageField(WagtailImageField):
    """Wagtail's field. It also refuses a file that begins like a picture and is none."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except forms.ValidationError:
            raise
        except Exception as fault:  # Willow and its plug-ins raise errors of many libraries
            raise forms.ValidationError(self.error_messages["invalid_image"], "invalid_image") from fault


class ImageForm(BaseImageForm):
    """Wagtail's form of a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            checked = CheckedImageField(label=field.label, required=field.required, widget=field.widget)
            checked.help_text = f"{checked.help_text} {PRIVATE}"
            self.fields["file"] = checked


def _ensure_content(file: Any) -> None:
    extension = str(file.name).rpartition(".")[2].lower()
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    signatures = SIGNATURES.get(extension)
    if (signatures and not head.startswith(signatures)) or (extension in TEXT and b"\0" in head):
        message = _(
            "This is not a %(kind)s file, although its name says so. Save it as %(kind)s and try again."
        )
        raise forms.ValidationError(message % {"kind": extension.upper()}, code="content_mismatch")
