"""What the site may ask of this room."""

from collegium.intake.models import Pack


def current_pack() -> Pack | None:
    """The pack that was loaded last, or nothing where none ever was."""
    return Pack.objects.order_by("-loaded_at", "-pk").first()
