from collegium.kit import rooms


class Look(rooms.Room):
    name = "collegium.look"
