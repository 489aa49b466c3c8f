"""Tables of scenes: the page as it is being written, as it was published, its pictures, and who came."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import in_language
from renmai.kernel import clock


class Scene(models.Model):
    """One landing page. ``blocks`` are the working copy; customers see the ``SceneVersion`` of number ``version``."""

    class Status(models.TextChoices):
        """Whether customers can open it."""

        DRAFT = "draft", pgettext_lazy("scene", "Draft")
        PUBLISHED = "published", pgettext_lazy("scene", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("scene", "Withdrawn")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.PUBLISHED}),
        Status.PUBLISHED: frozenset({Status.PUBLISHED, Status.WITHDRAWN}),
        Status.WITHDRAWN: frozenset({Status.PUBLISHED}),
    }

    slug = models.SlugField(max_length=60, unique=True)
    title_zh = models.CharField(max_length=60)
    title_en = models.CharField(max_length=60, default="", blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    blocks = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    """Counts the savings, so that two people at once do not write over each other."""

    version = models.PositiveIntegerField(default=0)
    """The number of the published version; 0: never published."""

    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="scene_published", condition=Q(status="draft") | Q(version__gte=1, published_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> str:
        """The title of the working copy in the active language."""
        return in_language(self.title_zh, self.title_en)

    @property
    def source(self) -> str:
        """What orders that come from it carry as their source."""
        return f"scene-{self.pk}"


class SceneVersion(models.Model):
    """A scene as it was published. Append-only."""

    scene = models.ForeignKey(Scene, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title_zh = models.CharField(max_length=60)
    title_en = models.CharField(max_length=60, default="", blank=True)
    blocks = models.JSONField(default=list)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scene", "number"], name="scene_version_once")]

    @property
    def title(self) -> str:
        """The title in the active language."""
        return in_language(self.title_zh, self.title_en)


class ScenePicture(models.Model):
    """A picture that was uploaded for scenes, written anew by us; blocks name it by its id."""

    path = models.CharField(max_length=120)
    small_path = models.CharField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)


class SceneVisit(models.Model):
    """A browser opened a scene on a day (China's); again on that day is the same visit."""

    scene = models.ForeignKey(Scene, db_index=False, on_delete=models.PROTECT, related_name="visits")
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scene", "visitor", "day"], name="scene_visit_once")]
