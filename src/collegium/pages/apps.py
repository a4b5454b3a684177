from collegium.kit import rooms


class Pages(rooms.Room):
    name = "collegium.pages"
