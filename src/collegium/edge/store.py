"""The store: public responses in memory. When it is full, the least recently used go first."""

from collections import OrderedDict

from collegium.edge.entry import Entry, Variant

STRING = 60  #: bytes of a short string besides its text
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
        """The entry of `key`, which counts as used now."""
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Store `entry`, and evict until the limit holds."""
        self.drop(key)
        self._entries[key] = entry
        self._weigh(key, entry)

    def variant(self, key: Key, entry: Entry, encoding: str) -> Variant:
        """`entry` in `encoding`; a new encoding is weighed."""
        known = len(entry.variants)
        variant = entry.variant(encoding)
        if len(entry.variants) != known and self._entries.get(key) is entry:
            self._weigh(key, entry)
        return variant

    def drop(self, key: Key) -> None:
        if self._entries.pop(key, None) is not None:
            self.bytes -= self._sizes.pop(key)

    def _weigh(self, key: Key, entry: Entry) -> None:
        size = entry.size + sum(len(part) + STRING for part in key)
        self.bytes += size - self._sizes.get(key, 0)
        self._sizes[key] = size
        while self.bytes > self.limit and self._entries:
            oldest = next(iter(self._entries))
            self.drop(oldest)
            self.evicted += 1
