"""What pages of our own are called that a link can lead to besides goods and shops: scenes and posts."""

from collections.abc import Collection

from renmai.campaigns.scenes import queries as scenes
from renmai.content import queries as content


def titles_by_path(paths: Collection[str]) -> dict[str, str]:
    """Return the titles of scenes and posts by the paths of their pages; no statement for what is neither."""
    return scenes.titles_by_path(paths) | content.titles_by_path(paths)
