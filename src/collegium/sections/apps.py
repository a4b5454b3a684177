from collegium.kit import rooms


class Sections(rooms.Room):
    name = "collegium.sections"
