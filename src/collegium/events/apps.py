from collegium.kit import rooms


class Events(rooms.Room):
    name = "collegium.events"
