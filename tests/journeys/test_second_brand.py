"""The same site in the colours of another society, looked at in a browser."""

import pytest

import makers

from .conftest import DESK

pytestmark = pytest.mark.usefixtures("demo")

PAGES = ["/en/", "/en/events/", "/en/events/isscr-2025/", "/en/news/", "/look/"]
OTHER = {
    "paper_day": "#fbfcf9",
    "paper_night": "#0f1412",
    "ink_day": "#17211d",
    "ink_night": "#e9f0ea",
    "accent_day": "#a8430c",
    "accent_night": "#ffab6b",
    "stain_day": "#1d6a5b",
    "stain_night": "#74d3bb",
    "radius": 0,
    "display": 500,
}
# Colours that a brand may not change: states mean the same everywhere, what is always night has its own ground.
PAINTED = """() => {
  const states = new Set(['--ok', '--warn', '--stop', '--night'].map(name => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.className = 'sr';
    const sheet = [...document.styleSheets].find(one => one.href);
    sheet.insertRule(`.probe-brand { color: var(${name}) }`, sheet.cssRules.length);
    probe.classList.add('probe-brand');
    const colour = getComputedStyle(probe).color;
    probe.remove();
    sheet.deleteRule(sheet.cssRules.length - 1);
    return colour;
  }));
  const found = new Set();
  for (const element of document.querySelectorAll('body, body *')) {
    if (element.closest('.palette-swatches')) continue;  // shows the states of day and night side by side
    const style = getComputedStyle(element);
    for (const name of ['color', 'backgroundColor', 'borderTopColor', 'fill', 'stroke', 'textDecorationColor']) {
      const value = style[name];
      if (/rgb|oklab|color/.test(value) && !/, 0\\)|\\/ 0\\)/.test(value) && !states.has(value)) found.add(value);
    }
  }
  return [...found];
}"""
NEUTRAL = {
    "rgb(0, 0, 0)",  # `fill` of what has none: the initial value, which paints nothing
    "rgb(13, 12, 26)",  # the ground of what is always seen by night, whoever the society
}


def painted(page, path):
    page.goto(page.evaluate("location.origin") + path)
    return set(page.evaluate(PAINTED)) - NEUTRAL


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_eight_values_recolour_all_that_is_painted(browser_page, axe, scheme):
    page = browser_page("/en/", color_scheme=scheme, **DESK)
    before = {path: painted(page, path) for path in PAGES}
    makers.society(**{"name": "Society of Worked Examples", **OTHER})
    for path in PAGES:
        after = painted(page, path)
        assert after
        assert before[path] & after == set(), path
        axe(page)
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).borderRadius") == "0px"
