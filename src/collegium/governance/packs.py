"""What this room imports from a content pack: bodies, each with its terms."""

from collegium.governance.models import Body, Term
from collegium.kit.pack_keys import LinesKey
from collegium.kit.packs import Item, PackContents
from collegium.people.pack_keys import PersonKey
from collegium.publishing.importer import RecordImporter
from collegium.publishing.pack_keys import ChildrenKey


def society_zone(item: Item, contents: PackContents) -> str:
    """The zone of the society in the same pack: terms are days of its calendar."""
    society = contents.items.get("society", {}).get("society", {})
    return str(society.get("zone", "UTC"))


IMPORTERS = [
    RecordImporter(
        Body,
        "governance.yaml#bodies",
        required=["kind"],
        keys=[
            LinesKey(Body._meta.get_field("roles"), uniqueItems=True, description="In their order."),
            ChildrenKey(
                Body,
                "terms",
                exclude=["picture_alt"],
                zone=society_zone,
                keys=[PersonKey(Term._meta.get_field("person"))],
            ),
        ],
        depends_on=["persons"],
    )
]
