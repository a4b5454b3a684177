from collegium.kit import rooms


class Careers(rooms.Room):
    name = "collegium.careers"
