"""What makes the newsroom move by itself."""

from collegium.kit import packs, todo
from collegium.newsroom.models import NewsItem
from collegium.newsroom.packs import IMPORTERS
from collegium.newsroom.todo import closing_items, lifting_embargoes
from collegium.pages import visibility

packs.register(*IMPORTERS)

todo.register("newsroom.embargoes", lifting_embargoes)
todo.register("newsroom.closing", closing_items)

visibility.withhold(NewsItem.objects.embargoed)
