"""The one authentication backend: no sign-in passes the throttle by, whatever address it is posted to."""

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from collegium.people.models import Account
from collegium.people.throttle import Attempt, client_network


class ThrottledBackend(ModelBackend):
    """Django's backend, behind the throttle."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Account | None:
        """Return the account, or None. A throttled request gets `request.sign_in_throttled = True`."""
        name = username if username is not None else kwargs.get(Account.USERNAME_FIELD)
        if name is None or password is None:
            return None
        attempt = Attempt(Account.normalize_username(name), client_network(request))
        if not attempt.begin():
            if request is not None:
                request.sign_in_throttled = True  # type: ignore[attr-defined]
            raise PermissionDenied  # Django asks no other backend
        account: Account | None = super().authenticate(request, username=name, password=password)
        if account is not None:
            attempt.succeed()
        return account

    async def aauthenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Account | None:
        return await sync_to_async(self.authenticate)(request, username, password, **kwargs)
