"""What makes the newsroom move by itself."""

from collegium.kit import packs
from collegium.newsroom.packs import PARTS

for part in PARTS:
    packs.register(part)
