from django.template import Context, Template

from collegium.look import covers


def drawn(source, **context):
    return Template(source).render(Context(context))


def test_a_cover_is_drawn_without_loading_anything():
    assert drawn("{% cover 'colony' slug %}", slug="kyoto") == covers.cover("colony", "kyoto")


def test_a_cover_may_be_wide():
    assert drawn("{% cover 'colony' slug wide=True %}", slug="kyoto") == covers.cover(
        "colony", "kyoto", wide=True
    )


def test_a_number_is_a_slug_too():
    assert drawn("{% cover 'plate' slug %}", slug=7) == covers.cover("plate", "7")


def test_no_motif_draws_nothing():
    assert drawn("{% cover motif slug %}", motif="", slug="kyoto") == ""


def test_a_motif_that_is_no_more_is_drawn_as_a_plate():
    drawn = Template('{% cover "strata" "x" %}').render(Context())
    assert drawn == Template('{% cover "plate" "x" %}').render(Context())


def test_a_slug_cannot_write_into_the_page():
    assert "<script" not in drawn("{% cover 'plate' slug %}", slug="<script>")
