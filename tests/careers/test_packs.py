import pytest

from collegium.careers.models import Job
from collegium.intake.actions import check_pack, load_pack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]

JOBS = """
jobs:
  - key: postdoc
    title: Postdoc
    employer: Example Institute
    city: Lyon
    country: FR
    level: postdoc
    apply_link: https://e.example/1
    posted: 2025-01-10
    closes: 2025-02-20 17:00
    zone: Europe/Paris
    description: Counting. See [itself](job:postdoc).
"""


@pytest.fixture
def pack(tmp_path):
    def write(text=JOBS):
        (tmp_path / "pack.yaml").write_text("name: small\ntitle: Small\nlanguage: en\n")
        (tmp_path / "jobs.yaml").write_text(text)
        return tmp_path

    return write


def test_a_job_comes_open_and_a_second_load_changes_nothing(pack):
    folder = pack()
    load_pack(folder)
    job = Job.objects.open().public().get()
    assert (str(job.closes), str(job.posted)) == ("2025-02-20T17:00[Europe/Paris]", "2025-01-10")
    assert f"/go/job/{job.public_id}/" in job.description
    assert {told.key for told in load_pack(folder).unchanged} == {"postdoc"}


def test_a_later_closing_day_follows_the_pack(pack):
    load_pack(pack())
    load_pack(pack(JOBS.replace("2025-02-20 17:00", "2025-03-20")))
    assert str(Job.objects.get().closes) == "2025-03-20[Europe/Paris]"


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("closes: 2025-02-20 17:00", "closes: 2025-02", "day on which applications close"),
        ("closes: 2025-02-20 17:00", "closes: 2025-03-30 02:30", "does not exist"),
        ("closes: 2025-02-20 17:00", "closes: 2025-10-26 02:30", "happens twice"),
        ("closes: 2025-02-20 17:00", "closes: soon", "is not a time"),
        ("    city: Lyon\n", "", "Enter a city"),
        ("    apply_link: https://e.example/1\n", "", "address for applications"),
        ("level: postdoc", "level: wizard", "wizard"),
        ("job:postdoc", "job:nope", "leads nowhere"),
        ("    zone: Europe/Paris\n", "", "zone"),
    ],
)
def test_a_fault_is_told(pack, old, new, words):
    assert old in JOBS
    faults = [str(fault) for fault in check_pack(pack(JOBS.replace(old, new)))]
    assert len(faults) == 1, faults
    assert words in faults[0]
