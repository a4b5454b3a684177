from collegium.kit import rooms


class Website(rooms.Room):
    name = "collegium.website"
