from collegium.kit import rooms


class Config(rooms.Room):
    name = "collegium.config"
