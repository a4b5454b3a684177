"""What makes this room move by itself."""

from collegium.governance.packs import PARTS
from collegium.kit import packs

for part in PARTS:
    packs.register(part)
