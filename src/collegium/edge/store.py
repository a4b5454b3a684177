"""The store: finished answers in memory, the longest unused go first when it is full."""

from collections import OrderedDict

from collegium.edge.entry import Entry, Variant

Key = tuple[str, str, str, str]  # scheme, host, path, query


class Store:
    """At most `limit` bytes of entries."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self.evicted = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._sizes: dict[Key, int] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key) -> Entry | None:
        """What is kept under `key`, which thereby counts as used."""
        found = self._entries.get(key)
        if found is not None:
            self._entries.move_to_end(key)
        return found

    def put(self, key: Key, entry: Entry) -> None:
        """Keep `entry`, in place of an older one, and let go of what is then too much."""
        self.drop(key)
        self._entries[key] = entry
        self._weigh(key, entry)

    def variant(self, key: Key, entry: Entry, encoding: str) -> Variant:
        """`entry` in `encoding`; an encoding made now is weighed."""
        known = len(entry.variants)
        found = entry.variant(encoding)
        if len(entry.variants) != known and self._entries.get(key) is entry:
            self._weigh(key, entry)
        return found

    def drop(self, key: Key) -> None:
        if self._entries.pop(key, None) is not None:
            self.bytes -= self._sizes.pop(key)

    def _weigh(self, key: Key, entry: Entry) -> None:
        size = entry.size
        self.bytes += size - self._sizes.get(key, 0)
        self._sizes[key] = size
        while self.bytes > self.limit and self._entries:
            oldest = next(iter(self._entries))
            self.drop(oldest)
            self.evicted += 1
