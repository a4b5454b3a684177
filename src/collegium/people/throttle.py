"""The throttle of sign-ins. Every attempt is counted before its password is compared.

An attempt counts for the account from one address, for the address, and for the account. No account is locked
by others: while many addresses guess at one account, each address gets fewer attempts, but never none.
"""

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from collegium.people.rate_limits import RateLimit

MINUTES = 15  #: attempts are forgotten after so long without another
PAIR = RateLimit("sign-in.account-from-address", 8, MINUTES * 60)
PAIR_UNDER_ATTACK = RateLimit(PAIR.name, 3, PAIR.seconds)
ADDRESS = RateLimit("sign-in.address", 40, MINUTES * 60)  #: an office shares one address
ACCOUNT = RateLimit("sign-in.account", 40, MINUTES * 60)  #: more failures than this are an attack


@dataclass(frozen=True)
class Attempt:
    """One attempt to sign in as `account` (a name as folded by `Account.normalize_username`)."""

    account: str
    network: str

    def begin(self) -> bool:
        """Count the attempt; False means that its password must not be compared."""
        if ADDRESS.is_reached(self.network):
            return False
        pair = PAIR_UNDER_ATTACK if ACCOUNT.is_reached(self.account) else PAIR
        if not pair.take(self._pair):
            return False
        ACCOUNT.take(self.account)
        return ADDRESS.take(self.network)

    def succeed(self) -> None:
        """Take the attempt off again; the address has proved to be the account's."""
        PAIR.reset(self._pair)
        ACCOUNT.give_back(self.account)
        ADDRESS.give_back(self.network)

    @property
    def _pair(self) -> str:
        return f"{self.account}\0{self.network}"


def client_address(request: HttpRequest) -> str:
    """The client's address. Behind our own proxy it is the one that the proxy added last."""
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return chain.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def client_network(request: HttpRequest | None) -> str:
    """What is counted as one address: an IPv4 address, or the /64 that one IPv6 subscriber has."""
    text = client_address(request) if request else ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    mapped = getattr(address, "ipv4_mapped", None)
    if isinstance(address, ipaddress.IPv4Address) or mapped:
        return str(mapped or address)
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


def coarse_network(request: HttpRequest | None) -> str:
    """The client's network without the part that names one subscriber: for records that are kept."""
    try:
        address = ipaddress.ip_address(client_network(request).partition("/")[0])
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))
