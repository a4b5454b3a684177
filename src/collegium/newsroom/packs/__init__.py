"""What the newsroom reads from a content pack: its own record, news and items of policy, a file each."""

from collegium.newsroom.packs import items, settings
from collegium.newsroom.packs.schema import NEWS, POLICY

IMPORTERS = [
    settings.IMPORTER,
    items.part("news", NEWS, "news"),
    items.part("policy", POLICY, "policy"),
]
