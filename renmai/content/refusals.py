"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "content",
    {
        "title": (400, _("Please give the post a title of at most 60 characters.")),
        "text": (400, _("Please write at least one sentence, and at most 2,000 characters.")),
        "goods": (400, _("Please choose one to %(most)s goods that the post is about.")),
        "goods_gone": (409, _("One of the goods is not on sale any more. Please choose again.")),
        "goods_not_hers": (409, _("You can write about goods that you bought and kept.")),
        "topics": (400, _("Please choose at most %(most)s topics.")),
        "pictures": (400, _("A post has at most %(most)s pictures.")),
        "video_or_pictures": (
            400,
            _("A post has pictures or a video. With a video one picture is enough: it is shown until somebody plays it."),
        ),
        "video_format": (
            400,
            _("Please choose an MP4 video as phones record it (H.264 and AAC), or a finished WebM (VP8 or VP9)."),
        ),
        "video_broken": (400, _("This video cannot be read to its end. Please save it anew and try again.")),
        "video_long": (400, _("A video is at most %(most)s seconds long.")),
        "video_large": (400, _("A video has at most %(most)s MB.")),
        "refused_by_policy": (409, _("%(says)s (rule %(rule)s, %(source)s)")),
        "state": (409, _("The post has moved on in the meantime. Please look again.")),
        "changed_since": (409, _("It was changed since you opened it. Please look at what it says now.")),
        "same_person": (409, _("Somebody else must give the second look.")),
        "reason": (400, _("Please give a reason of at least %(minimum)s characters.")),
        "too_many": (409, _("That is enough for today: at most %(most)s posts a day.")),
        "withdrawn": (410, _("This post was withdrawn.")),
        "follow_self": (409, _("You cannot follow yourself.")),
        "too_many_follows": (409, _("You follow %(most)s already, which is as many as there can be.")),
        "slug": (400, _("Please use small Latin letters, digits and single hyphens, at most 40.")),
        "slug_taken": (409, _("Another topic has this address already.")),
        "topic_name": (
            400,
            _("Please give the topic a Chinese name of at most 20 characters, and an English one of at most 40."),
        ),
    },
)
