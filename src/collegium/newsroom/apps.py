from collegium.kit import rooms


class Newsroom(rooms.Room):
    name = "collegium.newsroom"
