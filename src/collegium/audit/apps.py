from collegium.kit import rooms


class Audit(rooms.Room):
    name = "collegium.audit"
    public = False
