"""What makes this room move by itself."""

from collegium.careers.packs import IMPORTERS
from collegium.careers.todo import closing_jobs, recently_closed_jobs
from collegium.kit import packs, todo

packs.register(*IMPORTERS)

todo.register("careers.closing", closing_jobs)
todo.register("careers.closed", recently_closed_jobs)
