"""What makes this room move by itself."""

from collegium.governance.packs import IMPORTERS
from collegium.kit import packs

for importer in IMPORTERS:
    packs.register(importer)
