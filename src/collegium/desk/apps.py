from collegium.kit import rooms


class Desk(rooms.Room):
    name = "collegium.desk"
