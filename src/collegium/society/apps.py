from collegium.kit import rooms


class SocietyRoom(rooms.Room):
    name = "collegium.society"
