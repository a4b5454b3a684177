from collegium.kit import rooms


class Work(rooms.Room):
    name = "collegium.work"
    public = False
