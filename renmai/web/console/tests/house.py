"""A shop seen from behind: a product with two variants, its supplier and freight, an alert, a webhook with a dead delivery, a key."""

import io
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.apps import apps
from django.urls import reverse
from PIL import Image

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import enrol
from renmai.campaigns.models import Reward
from renmai.campaigns.tests.held import held_reward
from renmai.catalogue import actions
from renmai.catalogue.actions import OptionInput, SkuInput, ValueInput
from renmai.catalogue.models import FreightTemplate, Product, ProductPicture, Sku
from renmai.catalogue.queries import desk
from renmai.catalogue.tests.factories import make_category, make_product, make_sku, make_supplier, make_template
from renmai.catalogue.versions import matrix_version, text_version
from renmai.kernel.models import Alert
from renmai.kernel.outbox import raise_alert
from renmai.matching.models import Demotion
from renmai.programs.actions import add_webhook, create_token
from renmai.programs.models import ApiToken, WebhookDelivery, WebhookEndpoint
from renmai.web.console import matrix_form
from renmai.web.console.tests import scene as scenes

_numbers = count(1)
WEBHOOK_EVENT = "ordering.OrderPaid"


@dataclass
class House:
    """What stands there."""

    owner: User
    clerk: User
    product: Product
    sku: Sku
    template: FreightTemplate
    alert: Alert
    endpoint: WebhookEndpoint
    delivery: WebhookDelivery
    token: ApiToken
    picture: ProductPicture
    reward: Reward
    demotion: Demotion

    @property
    def supplier_id(self) -> int:
        """Who holds the goods."""
        return self.product.supplier_id


def build() -> House:
    """Make the house through the rooms' own actions where there are any."""
    owner = scenes.member_of_staff(Role.OWNER)
    clerk = scenes.member_of_staff(Role.SERVICE)
    enrol(clerk)
    product = make_product("龙井茶", category=make_category("茶", "Tea"), supplier=make_supplier(), indexed=True)
    options = [OptionInput("规格", (ValueInput("50克", "50 g"), ValueInput("100克", "100 g")), "Size")]
    skus = [SkuInput(values=("50克",), price_fen=5800), SkuInput(values=("100克",), price_fen=10_800)]
    sku = actions.set_skus(owner, product.pk, options, skus)[0]
    actions.count_stock(owner, sku.pk, on_hand=40, reason="begin")
    raise_alert("stock.shortage", f"S-{next(_numbers)}", "1 on hand, 2 reserved")
    endpoint = add_webhook(owner, url="https://example.org/hook", events=[WEBHOOK_EVENT])
    dead = WebhookDelivery.objects.create(endpoint=endpoint, event_name=WEBHOOK_EVENT, payload={}, status="dead", attempts=8)
    token, _text = create_token(owner, name="scanner")
    product.refresh_from_db()
    return House(
        owner=owner,
        clerk=clerk,
        product=product,
        sku=Sku.objects.get(pk=sku.pk),
        template=make_template(),
        alert=Alert.objects.latest("pk"),
        endpoint=endpoint,
        delivery=dead,
        token=token,
        picture=actions.add_picture(owner, product.pk, png()),
        reward=held_reward(),
        demotion=Demotion.objects.create(product=product, judged=20, bad=12, tolerated_points=800, times=900),
    )


def more(house: House, pieces: int) -> None:
    """Let every list grow: products with variants, categories, suppliers, alerts, templates, acts, moves."""
    for number in range(pieces):
        made = make_product(f"茶 {number}", category=make_category(), supplier=make_supplier())
        make_sku(made, stock=2)
        make_template()
        raise_alert("shipment.late", f"more-{next(_numbers)}")
        actions.count_stock(house.owner, house.sku.pk, on_hand=40 + number + 1, reason="more")
        actions.set_price(house.owner, house.sku.pk, price_fen=5800 + number + 1)
        WebhookDelivery.objects.create(endpoint=house.endpoint, event_name=WEBHOOK_EVENT, payload={}, status="dead")
        create_token(house.owner, name=f"key {number}")
        scenes.member_of_staff(Role.SERVICE)
        actions.apply_feed(house.owner, house.supplier_id, f"sku_code,on_hand,n\n{house.sku.code},50,{number}\nnone,1,1\n")


def fingerprint() -> dict[str, list[tuple[object, ...]]]:
    """Return every row that an act of these pages could touch."""
    models = apps.get_app_config("programs").get_models()
    return scenes.fingerprint() | {
        model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in models
    }


def png(width: int = 40, height: int = 30, *, colour: str = "#d9482b") -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return buffer.getvalue()


def product_fields(product: Product, **changed: Any) -> dict[str, Any]:
    """What the editor of a product sends."""
    names = ("code", "category_id", "supplier_id", "title_zh", "title_en", "subtitle_zh", "subtitle_en", "description_zh")
    more_names = ("description_en", "keywords", "brand", "motif", "picture_seed")
    fields: dict[str, Any] = {name: getattr(product, name) for name in (*names, *more_names)}
    return (
        fields
        | {"freight_template_id": product.freight_template_id or "", "pickup_allowed": "on"}
        | {"seen": text_version(product)}
        | changed
    )


def matrix_fields(product: Product, **changed: Any) -> dict[str, Any]:
    """What the SKU matrix of a product sends as it stands."""
    draft = matrix_form.of_product(desk.options_of(product.pk), desk.skus_of(product.pk))
    fields: dict[str, Any] = {
        "option_name_zh": [slot.name_zh for slot in draft.slots],
        "option_name_en": [slot.name_en for slot in draft.slots],
        "option_values": [slot.values for slot in draft.slots],
        "sku_id": [str(row.sku_id or "") for row in draft.rows],
        "values": [row.values_json for row in draft.rows],
        "active": [str(index) for index, row in enumerate(draft.rows) if row.is_active],
        "seen": matrix_version(product.pk),
        "act": "save",
    }
    for name in matrix_form.COLUMNS:
        fields[name] = [getattr(row, name) for row in draft.rows]
    return fields | changed


def zone_fields(**changed: Any) -> dict[str, Any]:
    """What the form of a freight template sends: one zone for everywhere."""
    return {
        "name_zh": "快递",
        "name_en": "Standard",
        "code": "standard",
        "zones": "1",
        "first_grams_0": "1000",
        "first_fee_0": "8",
        "next_grams_0": "500",
        "next_fee_0": "2.50",
        "free_over_0": "99",
        "is_served_0": "on",
        "act": "save",
    } | changed


def url(name: str, *arguments: object) -> str:
    """An address of the console."""
    return reverse(f"console:{name}", args=arguments)
