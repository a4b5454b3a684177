"""Refusals of the room."""

from django.utils.translation import gettext as _

from collegium.kit.errors import Refusal


class AddressTaken(Refusal):
    """Another person has proven the address."""

    code = "people.address_taken"

    def __init__(self, *, address: str) -> None:
        super().__init__(
            _("Another person has proven %(address)s. Use another address, or write to the office.")
            % {"address": address},
            address=address,
        )


class AlreadyClaimed(Refusal):
    """The record belongs to another account, or the account has another person."""

    code = "people.already_claimed"

    def __init__(self) -> None:
        super().__init__(
            _("This record belongs to another account, or you have another record. Write to the office.")
        )


class NothingToClaim(Refusal):
    """No record without an account has the address or ORCID iD."""

    code = "people.nothing_to_claim"

    def __init__(self) -> None:
        super().__init__(_("We have no record with this address or ORCID iD. Nothing was changed."))


class NotADump(Refusal):
    """The file is not what ROR publishes."""

    code = "people.not_a_dump"

    def __init__(self, *, path: str, reason: str) -> None:
        super().__init__(
            f"This is not ROR's data dump. {reason} Download the newest from https://doi.org/10.5281/zenodo.6347574.",
            path=path,
        )
