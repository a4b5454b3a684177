"""Static files, as the server finds them."""

#: What WhiteNoise would compress; fonts and pictures are compressed by their nature.
COMPRESSIBLE = ("css", "js", "mjs", "json", "svg", "txt", "html", "map", "xml", "ico", "md", "ttf", "eot")


def collect(*, compress: bool = True) -> None:
    """Put all static files in one folder, named by their content; compressing takes most of the time."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    if not compress:
        settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = COMPRESSIBLE
    call_command("collectstatic", interactive=False, verbosity=0)
