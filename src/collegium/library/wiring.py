"""What makes this room move by itself."""

from collegium.kit import packs
from collegium.library.packs import IMPORTERS

packs.register(*IMPORTERS)
