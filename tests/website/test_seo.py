"""What a page says of itself, read back by a JSON-LD processor, an HTML reader and an image library."""

import gc
import json
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.images import ImageFile
from PIL import Image
from pyld import jsonld
from wagtail.images import get_image_model

import makers
from collegium.newsroom.models import Remembrance
from collegium.pages.models import SiteSettings
from collegium.website import social_images

pytestmark = pytest.mark.django_db

VOCABULARY = {"@context": {"@vocab": "https://schema.org/", "id": "@id", "type": "@type"}}
# What the documentation of schema.org's readers asks of each type that we write.
REQUIRED = {
    "Organization": {"name", "url"},
    "WebSite": {"name", "url", "publisher"},
    "WebPage": {"name", "url", "inLanguage", "publisher"},
    "CollectionPage": {"name", "url", "inLanguage", "publisher"},
    "Event": {"name", "startDate", "eventStatus", "eventAttendanceMode", "organizer"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}


def head(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def meta(soup, name):
    found = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
    return found and found["content"]


def nodes(soup):
    """Every thing that the page describes, expanded by a JSON-LD processor, by its type."""
    found = {}
    for block in soup.find_all("script", type="application/ld+json"):
        document = json.loads(block.string) | VOCABULARY
        assert json.loads(block.string)["@context"] == "https://schema.org"
        for node in jsonld.flatten(document):
            for kind in node.get("@type", []):
                found.setdefault(kind.rsplit("/", 1)[-1], []).append(node)
    return found


def value(node, name):
    return node[f"https://schema.org/{name}"][0]["@value"]


def check(found):
    for kind, required in REQUIRED.items():
        for node in found.get(kind, []):
            said = {key.rsplit("/", 1)[-1] for key in node if not key.startswith("@")}
            assert required <= said, (kind, required - said)


@pytest.fixture
def site(db):
    makers.society(
        email="office@society.example",
        phone="+41 44 000 00 00",
        address="1 Example Street\nZürich",
        public_site_url="https://a.example/",
    )
    makers.home()


def test_the_home_page_describes_the_society_and_its_site(client, site):
    found = nodes(head(client, "/en/"))
    check(found)
    society, website = found["Organization"][0], found["WebSite"][0]
    assert value(society, "name") == "Society of Worked Examples"
    assert value(society, "email") == "office@society.example"
    assert value(society, "telephone") == "+41440000000"
    assert value(society, "address") == "1 Example Street, Zürich"
    assert value(society, "sameAs") == "https://a.example/"
    assert website["https://schema.org/publisher"] == [{"@id": society["@id"]}]
    assert "BreadcrumbList" not in found


def test_a_page_says_what_it_is_and_where_it_stands(client, site):
    above = makers.text_page(title="Education", slug="education")
    page = makers.text_page(title="Syllabus", slug="syllabus", summary="Ten sessions.")
    page.move(above, pos="last-child")
    soup = head(client, "/en/education/syllabus/")
    found = nodes(soup)
    check(found)
    (described,) = found["WebPage"]
    assert value(described, "name") == "Syllabus"
    assert value(described, "description") == "Ten sessions."
    steps = sorted(found["ListItem"], key=lambda node: value(node, "position"))
    assert [value(step, "name") for step in steps] == ["Home", "Education", "Syllabus"]
    assert value(steps[-1], "item") == "http://testserver/en/education/syllabus/"


def test_lists_are_collections_and_an_event_is_an_event(client, site):
    makers.events_page()
    makers.event(slug="one", title="One", summary="A webinar.")
    found = nodes(head(client, "/en/events/"))
    check(found)
    assert "CollectionPage" in found
    soup = head(client, "/en/events/one/")
    found = nodes(soup)
    check(found)
    assert "CollectionPage" not in found
    assert value(found["Event"][0], "name") == meta(soup, "og:title") == "One"
    assert meta(soup, "description") == meta(soup, "og:description") == "A webinar."


def test_the_archive_of_a_year_names_itself(client, site):
    makers.events_page()
    makers.event("2024-03-11 10:00 to 11:15", slug="one")
    found = nodes(head(client, "/en/events/archive/2024/"))
    assert value(found["CollectionPage"][0], "name") == "Events of 2024"


@pytest.mark.parametrize(
    "asked, canonical",
    [
        ("/en/events/", "/en/events/"),
        ("/en/events/?kind=webinar&zone=Europe/Zurich", "/en/events/"),
        ("/en/events/?page=1", "/en/events/"),
        ("/en/events/?page=777", "/en/events/"),
        ("/en/events/?upcoming-page=2&q=x", "/en/events/"),
        (f"/en/events/?page={'9' * 5000}", "/en/events/"),
        (f"/en/?page={'9' * 5000}", "/en/"),
        ("/en/events/?page=two", "/en/events/"),
    ],
)
def test_what_is_shown_has_one_address(client, site, asked, canonical):
    makers.events_page()
    soup = head(client, asked)
    assert soup.find("link", rel="canonical")["href"] == f"http://testserver{canonical}"
    assert meta(soup, "og:url") == f"http://testserver{canonical}"


def test_a_card_is_drawn_once_and_kept(client, site, tmp_path, settings):
    settings.SOCIAL_IMAGE_DIR = tmp_path
    makers.text_page(title="Patient handbook", slug="handbook")
    soup = head(client, "/en/handbook/")
    address = meta(soup, "og:image")
    assert address.startswith("http://testserver/look/social/")
    assert (meta(soup, "og:image:alt"), meta(soup, "twitter:card")) == (
        "Patient handbook",
        "summary_large_image",
    )
    first = client.get(address.removeprefix("http://testserver"))
    image = Image.open(BytesIO(first.content))
    assert image.format == "PNG"
    assert [str(side) for side in image.size] == [meta(soup, "og:image:width"), meta(soup, "og:image:height")]
    assert "immutable" in first["Cache-Control"]
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"kept")
    assert client.get(address.removeprefix("http://testserver")).content == b"kept"


def test_a_remembrance_has_a_card_of_words_alone(client, site, tmp_path, settings):
    settings.SOCIAL_IMAGE_DIR = tmp_path
    makers.news(Remembrance, title="We Remember", slug="we-remember", motif="organoid")
    soup = head(client, "/en/news/we-remember/")
    address = meta(soup, "og:image").removeprefix("http://testserver")
    _title, motif, *_rest = social_images.read_token(address.rpartition("/")[2].removesuffix(".png"))
    assert motif == ""
    image = Image.open(BytesIO(client.get(address).content)).convert("RGB")
    # On the half where others have their drawing there is paper, and the rule of no picture.
    assert len(image.crop((700, 0, 1200, 400)).getcolors()) == 1


def test_news_names_who_publishes_it_and_its_card(client, site):
    makers.news(title="News", slug="an-item")
    (article,) = nodes(head(client, "/en/news/an-item/"))["NewsArticle"]
    assert value(article, "image").startswith("http://testserver/look/social/")
    assert "https://schema.org/author" in article


def test_the_front_page_of_a_network_is_nobodys_account(client, site):
    society = SiteSettings.objects.get()
    society.accounts = [
        ("account", {"name": "A network", "url": "https://net.example/"}),
        ("account", {"name": "Another", "url": "https://other.example/@society"}),
    ]
    society.save()
    (described,) = nodes(head(client, "/en/"))["Organization"]
    same = {one["@value"] for one in described["https://schema.org/sameAs"]}
    assert same == {"https://other.example/@society", "https://a.example/"}


@pytest.mark.parametrize("path", ["/en/", "/en/news/an-item/"])
def test_feeds_of_news_are_named_where_news_is_shown(client, site, path):
    makers.news(title="News", slug="an-item")
    found = head(client, path).find_all("link", rel="alternate")
    kinds = {link["type"] for link in found if link["href"].startswith("/en/news/news.")}
    assert kinds == {"application/rss+xml", "application/atom+xml"}


def test_nobody_else_has_words_drawn(client, site):
    token = meta(head(client, "/en/"), "og:image").rpartition("/")[2].removesuffix(".png")
    payload, _, signature = token.partition(":")
    for forged in (f"{payload}x:{signature}", f"{payload}:{signature[:-1]}", "words", f"x{token}"):
        assert client.get(f"/look/social/{forged}.png").status_code == 404


def test_the_address_of_a_card_changes_with_what_it_shows(client, site):
    before = meta(head(client, "/en/"), "og:image")
    assert meta(head(client, "/en/"), "og:image") == before
    makers.society(accent_day="#a8430c")
    coloured = meta(head(client, "/en/"), "og:image")
    makers.society(name="Another Society")
    assert len({before, coloured, meta(head(client, "/en/"), "og:image")}) == 3


def test_the_oldest_images_are_deleted_beyond_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(social_images, "MAX_STORED", 3)
    for number in range(5):
        social_images.store(tmp_path / f"{number}.png", b"png")
    assert len(list(tmp_path.iterdir())) == 3
    assert (tmp_path / "4.png").exists()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the cutter leaves files open
def test_a_picture_that_an_editor_chose_comes_first(client, site):
    drawn = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(drawn, "JPEG")
    picture = get_image_model().objects.create(title="A laboratory", file=ImageFile(drawn, "lab.jpg"))
    makers.events_page()
    makers.event(slug="one", picture=picture)
    soup = head(client, "/en/events/one/")
    assert "/media/images/lab" in meta(soup, "og:image")
    assert (meta(soup, "og:image:width"), meta(soup, "og:image:height")) == ("1200", "630")
    assert meta(soup, "og:image:type") == "image/jpeg"
    gc.collect()


def test_a_demonstration_asks_not_to_be_listed(client, site):
    assert meta(head(client, "/en/"), "robots") is None
    makers.society(demonstration=True)
    assert meta(head(client, "/en/"), "robots") == "noindex"


# Wagtail asks once for each step of the address; what the page says to machines asks no more for it. What stands around it, and who may see that, are two more.
@pytest.mark.parametrize("path, questions", [("/en/a/", 13), ("/en/a/b/c/", 16)])
def test_a_page_costs_one_question_for_each_step(client, site, django_assert_num_queries, path, questions):
    page = makers.text_page(slug="a")
    for step in ("b", "c"):
        below = makers.text_page(slug=step)
        below.move(page, pos="last-child")
        page = type(below).objects.get(pk=below.pk)
    client.get(path)
    with django_assert_num_queries(questions):
        client.get(path)
