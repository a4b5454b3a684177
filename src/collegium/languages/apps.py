from collegium.kit import rooms


class Languages(rooms.Room):
    name = "collegium.languages"
