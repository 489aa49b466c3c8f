"""Tables of content: posts with their goods, pictures and topics, who follows whom, and what posts led to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Product, in_language
from renmai.kernel import clock, ids
from renmai.ordering.models import Order, OrderLine


def new_number() -> str:
    """Return the number of a new post, as it stands in its address."""
    return ids.number("N")


class Topic(models.Model):
    """What posts are about, as the operator sorts them. A closed topic takes no new posts; those it has stay."""

    slug = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=20)
    name_en = models.CharField(max_length=40, default="", blank=True)
    position = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        """Its name in the active language."""
        return in_language(self.name_zh, self.name_en)


class Post(models.Model):
    """Words and pictures about goods, by one person, in whatever language she writes."""

    class Source(models.TextChoices):
        """Who speaks: the shop itself, an agent, or a member who bought."""

        OFFICIAL = "official", pgettext_lazy("post", "Official")
        AGENT = "agent", pgettext_lazy("post", "Agent")
        MEMBER = "member", pgettext_lazy("post", "Member")

    class Status(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", pgettext_lazy("post", "Draft")
        REVIEW = "review", pgettext_lazy("post", "Under review")
        PUBLISHED = "published", pgettext_lazy("post", "Published")
        WITHDRAWN = "withdrawn", pgettext_lazy("post", "Withdrawn")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.REVIEW, Status.PUBLISHED, Status.WITHDRAWN}),
        Status.REVIEW: frozenset({Status.PUBLISHED, Status.DRAFT, Status.WITHDRAWN}),
        Status.PUBLISHED: frozenset({Status.WITHDRAWN}),
        Status.WITHDRAWN: frozenset(),
    }

    number = models.CharField(max_length=40, unique=True, default=new_number)
    author = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="posts")
    source = models.CharField(max_length=8, choices=Source)
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=2000)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    """Counts every change of its words, goods, topics and pictures: whoever looks at it says what she saw."""

    needed_look = models.BooleanField(default=False)
    """Somebody else had to look before it was published: the linter said so, or a member's pictures, which no linter reads."""

    looked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=200, default="", blank=True)
    """Why it was sent back or withdrawn, in the staff's words, for its author."""

    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)
    topics = models.ManyToManyField(Topic, through="PostTopic", related_name="posts")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="post_published", condition=~Q(status="published") | Q(published_at__isnull=False)),
            models.CheckConstraint(
                name="post_looked_at",
                condition=~Q(status="published") | Q(needed_look=False) | Q(looked_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-published_at", "-id"], condition=Q(status="published"), name="post_feed"),
            models.Index(fields=["author", "-published_at"], name="post_author"),
            models.Index(fields=["created_at"], condition=Q(status="review"), name="post_review"),
        ]

    def __str__(self) -> str:
        return self.number


class PostProduct(models.Model):
    """A product in a post, at its place."""

    post = models.ForeignKey(Post, db_index=False, on_delete=models.CASCADE, related_name="goods")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "product"], name="post_product_once")]


class PostTopic(models.Model):
    """A post is about a topic."""

    post = models.ForeignKey(Post, db_index=False, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "topic"], name="post_topic_once")]


class PostPicture(models.Model):
    """A picture of a post, written anew by us. A post without any shows its first product."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="pictures")
    path = models.CharField(max_length=120)
    small_path = models.CharField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()


class PostVideo(models.Model):
    """The short video of a post, in place of its pictures: one picture may stay, which is its poster."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="video")
    path = models.CharField(max_length=120, db_index=True)
    bytes = models.PositiveIntegerField()
    milliseconds = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()


class Follow(models.Model):
    """Somebody wants to see what a person, the shop itself, or a topic brings."""

    class Kind(models.TextChoices):
        """What is followed."""

        AUTHOR = "author", pgettext_lazy("follow", "Person")
        TOPIC = "topic", pgettext_lazy("follow", "Topic")
        OFFICIAL = "official", pgettext_lazy("follow", "The shop")

    follower = models.ForeignKey(User, db_index=False, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=8, choices=Kind)
    author = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="followers")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="followers")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="follow_target",
                condition=Q(kind="author", author__isnull=False, topic__isnull=True)
                | Q(kind="topic", author__isnull=True, topic__isnull=False)
                | Q(kind="official", author__isnull=True, topic__isnull=True),
            ),
            models.CheckConstraint(name="follow_other", condition=Q(author__isnull=True) | ~Q(follower=models.F("author"))),
            models.UniqueConstraint(fields=["follower", "author"], condition=Q(kind="author"), name="follow_author_once"),
            models.UniqueConstraint(fields=["follower", "topic"], condition=Q(kind="topic"), name="follow_topic_once"),
            models.UniqueConstraint(fields=["follower"], condition=Q(kind="official"), name="follow_official_once"),
        ]


class PostVisit(models.Model):
    """A browser opened a post on a day (China's); again on that day is the same visit."""

    post = models.ForeignKey(Post, db_index=False, on_delete=models.PROTECT, related_name="visits")
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "visitor", "day"], name="post_visit_once")]


class PostTouch(models.Model):
    """Somebody opened a product from a post. What orders are traced back to."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="touches")
    product = models.ForeignKey(Product, db_index=False, on_delete=models.PROTECT, related_name="+")
    visitor = models.ForeignKey(Visitor, db_index=False, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, null=True, db_index=False, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-at"], condition=Q(user__isnull=False), name="post_touch_user"),
            models.Index(fields=["visitor", "-at"], name="post_touch_visitor"),
        ]


class PostSale(models.Model):
    """The post through which the buyer last opened the product of an order's line: one decision a line. Append-only."""

    line = models.OneToOneField(OrderLine, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="sales")
    touched_at = models.DateTimeField()
    """When she opened it there. Kept here, because the look itself goes when she has it forgotten."""

    at = models.DateTimeField(default=clock.now)
