from collegium.kit import rooms


class Publishing(rooms.Room):
    name = "collegium.publishing"
