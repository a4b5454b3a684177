from collegium.kit import rooms


class Mail(rooms.Room):
    name = "collegium.mail"
    public = False
