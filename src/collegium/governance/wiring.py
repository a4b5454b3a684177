"""What makes this room move by itself."""

from django.utils.translation import gettext_lazy as _

from collegium.governance.packs import IMPORTERS
from collegium.governance.presenters import terms_of
from collegium.kit import packs
from collegium.people import panels
from collegium.people.panels import Panel

packs.register(*IMPORTERS)
panels.register(
    Panel("terms-of-office", _("Terms of office"), "governance/panels/terms.html", terms_of, order=40)
)
