"""Static files, as the server finds them."""


def collect() -> None:
    """Put all static files in their one folder, named by their content."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
