"""Makers for tests of what pages are composed of."""

from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from collegium.intake.actions import load_pack
from collegium.pages.pack_texts import named_page
from collegium.website.models import TextPage

#: One of each block, as a pack writes them.
EVERY_BLOCK = """
First words of an ordinary paragraph.

## A heading

More words, and [the code](page:code-of-conduct).

| What | How many |
|---|---|
| Colonies | 12 |

:::callout
title: Who this is for
text: |
  Everybody. See [the code](page:code-of-conduct).
:::

:::quote
text: We publish what we do not know.
credit: Dr Imara Quillfeather (invented)
:::

:::faq
- question: May I bring a poster?
  answer: |
    Yes. See [all events](page:events).
- question: A heading
  answer: 2025
:::

:::cards
- title: Clinicians
  text: For those who treat.
  page: clinicians
- title: Elsewhere
  text: Another site.
  url: https://example.org/
  link_title: Go there
:::

:::people
- name: Dr Imara Quillfeather (invented)
  role: Chair
  affiliation: An invented institute
  file: dot.png
  alt: A portrait in grey
- name: Prof. Teo Marchbanks (invented)
:::

:::documents
- title: The handbook
  file: hand.pdf
  note: English, 2025
:::

:::image
file: dot.png
alt: A grey square
caption: A square
credit: The office
:::

:::image
file: dot.png
decorative: true
:::

:::video
title: A talk
url: https://example.org/v
duration: 12 min
captions: [en, ko]
transcript: |
  Hello to everybody.
text: About it.
:::

:::news
title: Latest announcements
kind: announcement
number: 2
link_title: All news
:::

:::events
title: Next webinars
kind: webinar
number: 1
link_title: All events
:::

:::committee
body: board-of-directors
:::

:::palette
motifs: true
:::
"""


SMALL_PACK = {
    "pack.yaml": "name: small\ntitle: A small society\nlanguage: en\n",
    "home.yaml": "headline: A\nlede: B\n",
    "sections.yaml": """sections:
  - {key: events, kind: events, title: Events}
  - {key: news, kind: news, title: News}
  - {key: leadership, kind: governance, title: Leadership}
""",
    "events.yaml": """kinds:
  - {key: webinar, title: Webinar, plural: Webinars}
events:
  - {key: counting, title: Counting, kind: webinar, when: 2025-03-11 10:00 to 11:15, online: true, status: announced, summary: A, zone: America/New_York}
""",
    "governance.yaml": """bodies:
  - key: board-of-directors
    title: Board of Directors
    kind: board
    roles: [President]
    terms:
      - {name: Dr Imara Quillfeather (invented), affiliation: A, role: President, start: 2024-07-01}
      - {name: Prof. Teo Marchbanks (invented), affiliation: B, role: President, start: 2022, end: 2023}
""",
    "pages/education.md": "---\nkey: education\ntitle: Education\nposition: 1\n---\nWords.\n",
    "pages/clinicians.md": "---\nkey: clinicians\ntitle: Clinicians\nparent: education\nposition: 20\n---\nWords.\n",
    "pages/teachers.md": "---\nkey: teachers\ntitle: Teachers\nparent: education\nposition: 90\n---\nWords.\n",
    "pages/code-of-conduct.md": "---\nkey: code-of-conduct\ntitle: Code of conduct\n---\nWords.\n",
    "news/2025-02-01-a-day.md": "---\ntitle: A day\nkind: announcement\ndate: 2025-02-01\n---\nWords.\n",
    "news/2025-02-02-a-note.md": "---\ntitle: A note\nkind: remembrance\ndate: 2025-02-02\n---\nWords.\n",
}


def small_pack(folder):
    """A pack in `folder` with a little of all that `EVERY_BLOCK` names."""
    for name, text in SMALL_PACK.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def write_page(pack, body, key="every-block", **front):
    """Put a page into the folder `pack`, with the files that `EVERY_BLOCK` names."""
    files = pack / "files"
    files.mkdir(exist_ok=True)
    if not (files / "dot.png").exists():
        Image.new("RGB", (1600, 900), (120, 130, 140)).save(files / "dot.png")
    (files / "hand.pdf").write_bytes(b"%PDF-1.4\n" + b"." * 20_000)
    front = {"key": key, "title": "Every block", "parent": "education"} | front
    head = "".join(f"{name}: {value}\n" for name, value in front.items())
    path = pack / "pages" / f"{key}.md"
    path.write_text(f"---\n{head}---\n{body}")
    return path


def page_of(pack, body, key="every-block", **front):
    """The page that `load_pack` makes of `body`."""
    write_page(pack, body, key, **front)
    load_pack(pack)
    return named_page(key).specific


def text_page(below: Page, title: str, **fields):
    """A published plain page below another."""
    page = below.add_child(instance=TextPage(title=title, **fields))
    page.save_revision().publish()
    return page


def image():
    """A picture in the library."""
    return get_image_model().objects.create(title="A cell", file=get_test_image_file())
