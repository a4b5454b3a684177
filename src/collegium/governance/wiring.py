"""What makes this room move by itself."""

from collegium.governance.packs import IMPORTERS
from collegium.kit import packs

packs.register(*IMPORTERS)
