"""The form in which a post is written."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renmai.catalogue.models import Product
from renmai.content.actions import PostInput
from renmai.content.actions.writing import MOST_PICTURES, TEXT_LENGTH, TITLE_LENGTH
from renmai.content.models import Post, Topic
from renmai.policy.queries import integer
from renmai.web.storefront.claim_form import PicturesField, read_all

FIELD_OF: Mapping[str, str] = {
    "title": "title",
    "text": "text",
    "products": "products",
    "topics": "topics",
    "pictures": "pictures",
    "video": "video",
}
"""The field of the form that stands for a field of a refusal; a picture's own refusals name none of them."""


class PostForm(forms.Form):
    """Words, goods, topics and pictures; the room below says what is right."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH, error_messages={"required": _("Please give it a title.")})
    text = forms.CharField(
        label=_("What would you tell a friend?"),
        max_length=TEXT_LENGTH,
        error_messages={"required": _("Please write at least one sentence.")},
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    products = forms.TypedMultipleChoiceField(
        label=_("Goods it is about"),
        coerce=int,
        error_messages={"required": _("Please choose what it is about.")},
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.TypedMultipleChoiceField(label=_("Topics"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple)
    kept = forms.TypedMultipleChoiceField(
        label=_("Pictures that stay"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    pictures = PicturesField(
        label=_("Pictures"),
        most=MOST_PICTURES,
        too_many="content.pictures",
        help_text=_("Up to 9, each at most 8 MB. Without any, the first product is shown."),
    )
    video = forms.FileField(
        label=_("Or a short video"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/quicktime,video/webm"}),
    )
    keeps_video = forms.BooleanField(label=_("The video stays"), required=False)

    def __init__(
        self, *given: Any, goods: Sequence[Product], topics: Sequence[Topic], post: Post | None = None, **options: Any
    ) -> None:
        super().__init__(*given, **options)
        pictures = list(post.pictures.all()) if post else []
        self._choose("products", [(product.pk, product.title) for product in goods])
        self._choose("topics", [(topic.pk, topic.name) for topic in topics])
        self.fields["video"].help_text = video_help()
        self._choose("kept", [(row.pk, str(number)) for number, row in enumerate(pictures, start=1)])

    def given(self) -> PostInput:
        """Return what was typed, once it is valid."""
        typed = self.cleaned_data
        return PostInput(
            title=typed["title"],
            text=typed["text"],
            product_ids=typed["products"],
            topic_ids=typed["topics"],
            kept_picture_ids=typed["kept"],
            pictures=read_all(typed["pictures"]),
            video=typed["video"] or None,
            keeps_video=typed["keeps_video"],
        )

    def _choose(self, name: str, choices: list[tuple[int, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def video_help() -> str:
    """Say what a video may be, by the operator's settings."""
    limits = {"seconds": integer("content.video_seconds"), "most": integer("content.video_mebibytes")}
    return (
        gettext(
            "MP4 or WebM, at most %(seconds)s seconds and %(most)s MB. One picture may go with it: it is shown until somebody plays the video."
        )
        % limits
    )


def initial_of(post: Post) -> dict[str, Any]:
    """Return what the form shows of a draft."""
    return {
        "title": post.title,
        "text": post.text,
        "products": [row.product_id for row in sorted(post.goods.all(), key=lambda row: row.position)],
        "topics": [topic.pk for topic in post.topics.all()],
        "kept": [picture.pk for picture in post.pictures.all()],
        "keeps_video": getattr(post, "video", None) is not None,
    }
