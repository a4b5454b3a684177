"""What makes this room move by itself."""

from collegium.kit import packs
from collegium.library.packs import PARTS

for part in PARTS:
    packs.register(part)
