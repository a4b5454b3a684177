from collegium.kit import rooms


class Library(rooms.Room):
    name = "collegium.library"
