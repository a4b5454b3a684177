from collegium.kit import rooms


class Intake(rooms.Room):
    name = "collegium.intake"
    public = False
