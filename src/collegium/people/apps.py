from collegium.kit import rooms


class People(rooms.Room):
    name = "collegium.people"
    public = False
