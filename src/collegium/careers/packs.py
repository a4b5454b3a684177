"""What this room imports from a content pack: jobs."""

from collegium.careers.models import Job
from collegium.publishing.importer import RecordImporter

IMPORTERS = [RecordImporter(Job, "jobs.yaml#jobs", required=["posted"])]
