"""Whole packs: one file of a sound pack is damaged; checking it lists issues and raises nothing."""

import tempfile
from pathlib import Path

from _inputs import fuzz, in_time, mutated
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from collegium.intake.actions import check_pack

FILES = {
    "pack.yaml": "name: small\ntitle: Small\nlanguage: en\nas_of: 2025-02-14\n",
    "society.yaml": "name: Small\nzone: Asia/Tokyo\nemail: a@b.example\n"
    "accounts:\n  - {name: X, url: https://x.example/}\n",
    "home.yaml": "headline: Hello\nlede: World\nprimary: {title: About, page: about}\nlead_event: e\n",
    "navigation.yaml": "header:\n  - link: {title: About, page: about}\nfooter: []\n",
    "sections.yaml": "sections:\n  - {key: news, kind: news, title: News}\n"
    "  - {key: events, kind: events, title: E}\n",
    "events.yaml": "kinds:\n  - {key: k, title: K, plural: Ks}\ntopics:\n  - {key: t, title: T}\nevents:\n"
    "  - {key: e, title: E, kind: k, when: 2025-03-11 10:00, zone: Europe/Zurich,"
    " topics: [t], body: '[a](event:e)'}\n",
    "recordings.yaml": "recordings:\n  - {key: r, title: R, event: e, when: 2025-01, until: 2025-09-01, "
    "zone: AoE, link: https://x.example/, "
    "captions: [{language: en}]}\n",
    "governance.yaml": "bodies:\n  - {key: b, title: B, kind: board, roles: [Chair], terms: "
    "[{name: A, role: Chair, start: 2024-07-01, end: '2026'}]}\n",
    "jobs.yaml": "jobs:\n  - {key: j, title: J, employer: E, city: C, country: FR, level: postdoc,"
    " posted: 2025-01-10,"
    " closes: 2025-02-20 17:00, zone: Europe/Paris, description: D, apply_email: a@b.example}\n",
    "resources.yaml": "topics:\n  - {key: t, title: T}\nresources:\n"
    "  - {key: r, title: R, kind: article, year: 2007, doi: 10.1038/nbt1318, topics: [t]}\n",
    "annual-meeting.yaml": "key: meeting\ntitle: M\nevent: e\nstory:\n"
    "  - story: {title: S, text: '[a](page:about)'}\n"
    "  - dates: {title: D, zone: AoE, dates: [{title: A, when: 2025-02-05 23:59}]}\n",
    "news/2025-02-01-call.md": "---\ntitle: Call\nkind: call-for-applications\ndate: 2025-02-01\n"
    "deadline: 2025-03-01 12:00\nzone: AoE\napply_email: a@b.example\n---\nText.\n",
    "pages/about.md": "---\nkey: about\ntitle: About\n---\nText [news](page:news).\n\n:::faq\n- question: Q\n"
    "  answer: A\n:::\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
}
TOKENS = [
    ": ",
    "- ",
    "\n",
    "\n  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    ":::",
    ":::quote\n",
    "|",
    "key",
    "kind: x",
    "null",
]
TOKENS += [
    "true",
    "-1",
    "1e9",
    "2025-13-45",
    "2025-03-30 02:30",
    "Europe/Nowhere",
    "page:nix",
    "](x:y)",
    "\x00",
    "é",
    "[]",
]
DAMAGED = st.sampled_from(sorted(FILES)).flatmap(
    lambda name: st.tuples(st.just(name), mutated(FILES[name], TOKENS))
)


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


def run(folder: Path) -> None:
    for name, text in FILES.items():
        write(folder, name, text)
    sound = check_pack(folder)
    assert not sound, sound

    @fuzz
    @given(DAMAGED)
    def damaged_packs(damaged: tuple[str, str]) -> None:
        name, text = damaged
        write(folder, name, text)
        try:
            in_time(lambda: [str(issue) for issue in check_pack(folder)], len(text))
        finally:
            write(folder, name, FILES[name])

    damaged_packs()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="collegium-fuzz-") as scratch:
        call_command("migrate", verbosity=0)
        run(Path(scratch))
