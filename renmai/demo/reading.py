"""Who of the demo's people reads which posts, and opens what stands in them. Drawn apart, so that nothing else of their world depends on it."""

from datetime import timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from renmai.content.models import Post
from renmai.demo.buying import by_daylight
from renmai.demo.cast import Member
from renmai.demo.writing import WRITTEN_BEFORE
from renmai.journeys.looking import look_at, read_post
from renmai.kernel import clock

if TYPE_CHECKING:
    from renmai.demo.world import World

BEGINS: Final = WRITTEN_BEFORE - timedelta(minutes=30)
HOURS: Final = 27
READS, OPENS = (2, 6), 0.35
LIKED: Final = 4.0
"""A post about what somebody takes to is so many times likelier to be read by her than another."""


class Reading:
    """In the last day everybody who has signed in reads some posts, mostly about what she takes to, and opens some of their goods."""

    def __init__(self, world: "World", *, seed: int) -> None:
        self.world = world
        self.draw = Random(f"{seed}:reading")  # noqa: S311 - the same on every machine, on purpose  # nosec B311

    def plan(self) -> None:
        """Let it begin when the posts are there."""
        self.world.agenda.note(self.world.end - BEGINS, self.begin)

    def begin(self) -> None:
        """Note who reads what when."""
        posts = list(Post.objects.filter(status=Post.Status.PUBLISHED).prefetch_related("goods").order_by("pk"))
        of_ware = {ware.product.pk: ware.source.category for ware in self.world.wares}
        about = {post.pk: {of_ware[row.product_id] for row in post.goods.all()} for post in posts}
        for member in self.world.people:
            if member.user is None or member.browser is None or not posts:
                continue
            weights = [LIKED if about[post.pk] & member.tastes else 1.0 for post in posts]
            for post in dict.fromkeys(self.draw.choices(posts, weights, k=self.draw.randint(*READS))):
                moment = clock.now() + timedelta(minutes=self.draw.randint(1, 60 * HOURS))
                self.world.agenda.note(by_daylight(moment), partial(self.read, member, post))

    def read(self, member: Member, post: Post) -> None:
        """Open the post, and perhaps one of its goods from it."""
        if member.browser is None:
            raise AssertionError("only who has a browser reads")
        read_post(post, visitor_id=member.browser.pk, user=member.user)
        goods = [row.product_id for row in post.goods.all()]
        if goods and self.draw.random() < OPENS:
            product_id = self.draw.choice(goods)
            look_at(product_id, visitor_id=member.browser.pk, user=member.user, funnel="content", post=post.number)
