from datetime import timedelta

from django.utils import timezone

from collegium.intake.models import Pack
from collegium.intake.queries import current_pack


def test_there_is_none_before_the_first_load(db):
    assert current_pack() is None


def test_the_current_pack_is_the_one_loaded_last(db):
    now = timezone.now()
    Pack.objects.create(name="a", title="A", loaded_at=now)
    Pack.objects.create(name="b", title="B", loaded_at=now - timedelta(days=1))
    assert current_pack().name == "a"
