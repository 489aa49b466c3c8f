"""Names as far as an agent may see them: in full for her own customers, their beginning for others, none for guests."""

from django.utils.translation import gettext as _

HIDDEN = "**"


def shown_name(name: str, *, is_known: bool) -> str:
    """Return what is shown for a person called ``name``; somebody who never signed in has none."""
    if not name:
        return _("A guest")
    return name if is_known else name[:1] + HIDDEN
