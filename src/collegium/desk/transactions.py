"""One act at the desk is one transaction: the record, its revision and its history entry, or none of them."""

from collections.abc import Callable
from functools import cached_property

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

_READING = {"GET", "HEAD", "OPTIONS", "TRACE"}


class DeskTransactionMiddleware:
    """Runs every writing request of a signed-in person in one transaction. Rolls back if the view raises.

    It must be the innermost middleware: sessions and messages are written outside its transaction. Sign-in is
    left out: checking a password takes long, and on SQLite nobody else could write meanwhile.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._writes_at_desk(request):
            return self.get_response(request)
        with transaction.atomic():
            request.desk_transaction = True  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Django turns an exception into a response, which would commit what was written before it."""
        if hasattr(request, "desk_transaction"):
            transaction.set_rollback(True)

    def _writes_at_desk(self, request: HttpRequest) -> bool:
        return (
            request.method not in _READING
            and request.path.startswith(self._desk)
            and request.user.is_authenticated
        )

    @cached_property
    def _desk(self) -> str:
        return reverse("wagtailadmin_home")
