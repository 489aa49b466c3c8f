"""Forms of content: a post in the shop's own name, and a topic."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.catalogue.models import Product
from renmai.content.actions import PostInput, TopicInput
from renmai.content.actions.sorting import CHINESE_LENGTH, ENGLISH_LENGTH, SLUG_LENGTH
from renmai.content.actions.writing import MOST_GOODS, TEXT_LENGTH, TITLE_LENGTH
from renmai.content.models import Post, Topic

BETWEEN = re.compile(r"[\s,，、;；]+")
CODES_LENGTH = 600


class OfficialForm(forms.Form):
    """What the shop itself writes. Goods are named by their codes, as they stand in the list of goods."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    text = forms.CharField(label=_("Words"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 8}))
    products = forms.CharField(
        label=_("Goods it is about, by their codes"),
        max_length=CODES_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Up to 6, with spaces between. Their pictures are shown when the post has none."),
    )
    topics = forms.TypedMultipleChoiceField(label=_("Topics"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *given: Any, topics: Sequence[Topic], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["topics"].choices = [(topic.pk, topic.name) for topic in topics]  # type: ignore[attr-defined]

    def clean_products(self) -> list[int]:
        """Return the ids of the goods that were named. Raises ``ValidationError`` with the codes that nothing on sale has."""
        codes = list(dict.fromkeys(code for code in BETWEEN.split(self.cleaned_data["products"]) if code))
        found = dict(Product.objects.filter(code__in=codes, status=Product.Status.LISTED).values_list("code", "pk"))
        missing = [code for code in codes if code not in found]
        if missing:
            raise forms.ValidationError(_("Nothing on sale has the code %(codes)s.") % {"codes": ", ".join(missing[:MOST_GOODS])})
        return [found[code] for code in codes]

    def given(self, post: Post | None) -> PostInput:
        """Return what was typed, once it is valid; pictures of ``post`` stay."""
        typed = self.cleaned_data
        return PostInput(
            title=typed["title"],
            text=typed["text"],
            product_ids=typed["products"],
            topic_ids=typed["topics"],
            kept_picture_ids=[picture.pk for picture in post.pictures.all()] if post else (),
        )


class TopicForm(forms.Form):
    """A topic: its names, its address, its place."""

    name_zh = forms.CharField(label=_("Name, Chinese"), max_length=CHINESE_LENGTH)
    name_en = forms.CharField(label=_("Name, English"), max_length=ENGLISH_LENGTH, required=False)
    slug = forms.CharField(
        label=_("Address"), max_length=SLUG_LENGTH, help_text=_("Small Latin letters, digits and hyphens; it stays for ever.")
    )
    position = forms.IntegerField(label=_("Place in the row"), min_value=0, max_value=9999, initial=0)
    is_open = forms.BooleanField(label=_("New posts may choose it"), required=False, initial=True)

    def __init__(self, *given: Any, is_fixed: bool = False, **options: Any) -> None:
        super().__init__(*given, **options)
        if is_fixed:
            self.fields["slug"].disabled = True

    def given(self) -> TopicInput:
        """Return what was typed, once it is valid."""
        return TopicInput(**self.cleaned_data)


def initial_of(post: Post) -> dict[str, Any]:
    """Return what the form shows of a draft."""
    rows = sorted(post.goods.all(), key=lambda row: row.position)
    codes = Product.objects.in_bulk([row.product_id for row in rows])
    return {
        "title": post.title,
        "text": post.text,
        "products": " ".join(codes[row.product_id].code for row in rows),
        "topics": [topic.pk for topic in post.topics.all()],
    }
