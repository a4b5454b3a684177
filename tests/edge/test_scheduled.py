"""What is scheduled appears and goes by itself, for readers of the real server with its real worker."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

import makers
from scaffold.edges import eventually, shown_within

#: Seconds after its minute by which a thing is published: a beat of the worker, which sees that it is due,
#: and its next look at the queue, which makes 6; the rest is for a busy machine.
PUNCTUAL = 20


def scheduled(thing, **moments):
    """Have `thing` go live or expire at a moment, as the office's form does."""
    latest = thing.get_latest_revision_as_object()
    for name, moment in moments.items():
        setattr(latest, name, moment)
    latest.save_revision().publish()
    return type(thing).objects.get(pk=thing.pk)


def draft(thing):
    thing.unpublish()
    return type(thing).objects.get(pk=thing.pk)


def test_a_page_and_an_event_appear_and_go_at_their_moment_and_nobody_purges_anything(served):
    section = makers.events_page().url
    coming = [
        draft(makers.text_page(**named("come-1"))),
        draft(makers.event("2030-07-01", **named("come-2"))),
    ]
    going = [makers.text_page(**named("go-1")), makers.event("2030-07-02", **named("go-2"))]

    def shown(thing):
        """Whether readers find it at its own address, and in a list or a feed."""
        own = thing.url if hasattr(thing, "url") else f"{section}{thing.slug}/"
        listed = "/sitemap-en-pages-0.xml" if hasattr(thing, "url") else f"{section}calendar.ics"
        return served.get(own).status == 200, thing.slug in served.get(listed).body.decode()

    moment = timezone.now() + timedelta(seconds=3)
    coming = [scheduled(thing, go_live_at=moment) for thing in coming]
    going = [scheduled(thing, expire_at=moment) for thing in going]
    while (now := [shown(thing) for thing in (*coming, *going)]) and timezone.now() < moment:
        assert now == [(False, False)] * 2 + [(True, True)] * 2
    for thing, live in [(thing, True) for thing in coming] + [(thing, False) for thing in going]:
        eventually(partial(is_live, thing, live), within=PUNCTUAL)
        shown_within(1.0, lambda thing=thing, live=live: shown(thing) == (live, live))


def named(name):
    return {"title": name, "slug": name}


def is_live(thing, live):
    thing.refresh_from_db()
    return thing.live == live
