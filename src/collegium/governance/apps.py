from collegium.kit import rooms


class Governance(rooms.Room):
    name = "collegium.governance"
