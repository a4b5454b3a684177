"""What makes this room move by itself."""

from collegium.kit import packs
from collegium.library.packs import IMPORTERS

for importer in IMPORTERS:
    packs.register(importer)
