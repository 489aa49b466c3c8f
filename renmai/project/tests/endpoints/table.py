"""Who may open what: one row for every address of the pages. Written by hand, because it must not follow the code.

Addresses of the console take their permissions from the tables of the console's own tests, which know what each form holds; the
operations of the API are in ``renmai.api.tests.access``. An address without a row fails ``test_access``.
"""

from renmai.accounts.policies import Permission
from renmai.accounts.tests.factories import NANSHAN
from renmai.project.tests.endpoints.console_table import CONSOLE
from renmai.web.console.tests import test_access as selling
from renmai.web.console.tests import test_running_access as running
from tools.testing.plays import of_plays
from tools.testing.rows import AGENT, ANYONE, EARNER, HIDDEN, MEMBER, PERSON, SELLER, STAFF, Row

WORDS: dict[str, str] = {
    "number": "waiting",
    "line_id": "waiting_line",
    "product_id": "product",
    "address_id": "address",
    "message_id": "message",
    "customer_id": "member",
    "entry_id": "entry",
    "withdrawal_id": "asked",
    "code": "share",
    "campaign_id": "campaign",
    "scene_id": "scene",
    "alert_id": "alert",
    "segment_id": "segment",
    "synonym_id": "synonym",
    "correction_id": "correction",
    "experiment_id": "experiment",
    "feedback_id": "feedback",
    "suggestion_id": "suggestion",
    "post_id": "official_post",
    "topic_id": "topic",
    "follow_id": "follow",
}
"""What stands for each word of an address, unless a row says something else."""

P = Permission
CLAIM = {"number": "requested"}
RETURN = {"number": "awaiting"}
SHOP = {"code": "shop"}
FRIENDS_LINK = {"code": "friends_link"}
SCENE = {"slug": "scene_slug"}
ADDRESS = {
    "recipient": "Mallory",
    "phone": "13911112222",
    "province": "440000",
    "city": "440300",
    "district": NANSHAN,
    "street": "Another road 7",
}
ADDRESS_TOO = frozenset({"is_default"})
CART = frozenset({"lines", "line", "quantity", "undo", "next"})
ASKS = frozenset({"payments_payment", "payments_sandboxtrade"})
LOOKS_AT_A_PRODUCT = frozenset({"accounts_visitor", "insight_view"})
FOLLOWS_A_LINK = LOOKS_AT_A_PRODUCT | {"sharing_visit"}
OPENS_A_POST = frozenset({"accounts_visitor", "content_postvisit"})
POST = {"number": "post"}
TOPIC = {"slug": "topic_slug"}
OPENS_A_SCENE = frozenset({"accounts_visitor", "campaigns_scenevisit"})
MAKES_ONES_LINK = frozenset({"accounts_visitor", "sharing_share"})
"""Whoever asks for her own link gets it: made the first time, found ever after, and nobody loses anything by it."""

WRITES = frozenset({"act", "topics", "kept", "keeps_video"})
REQUIREMENTS = ("categories", "minimum", "maximum", "returns", "brands", "suppliers", "ship_from")

SHELF: dict[str, Row] = {
    "home": Row(ANYONE),
    "discover": Row(ANYONE),
    "feed_latest": Row(ANYONE),
    "feed_following": Row(ANYONE),
    "topic": Row(ANYONE, words=TOPIC),
    "topic_follow": Row(acts=PERSON, words=TOPIC, form={"follow": "1"}, takes=frozenset({"next"})),
    "post": Row(ANYONE, words=POST, writes=OPENS_A_POST),
    "post_author": Row(ANYONE, words=POST),
    "post_follow": Row(acts=PERSON, words=POST, form={"follow": "1"}, takes=frozenset({"next"})),
    "post_share": Row(PERSON, words=POST, writes=MAKES_ONES_LINK),
    "search": Row(ANYONE),
    "category": Row(ANYONE, words={"slug": "slug"}),
    "product": Row(ANYONE, writes=LOOKS_AT_A_PRODUCT),
    "choice": Row(ANYONE),
    "reviews": Row(ANYONE),
    "favourite": Row(acts=PERSON),
    "pass_on": Row(PERSON, writes=MAKES_ONES_LINK),
    "share": Row(ANYONE, writes=FOLLOWS_A_LINK),
    "poster": Row(PERSON, owner=AGENT),
    "feedback": Row(acts=PERSON, words=FRIENDS_LINK, form={"word": "useful"}),
    "complain": Row(PERSON, PERSON, words=FRIENDS_LINK, form={"note": "Not what the words said"}),
    "goes_with": Row(ANYONE),
    "hide": Row(acts=PERSON, takes=frozenset({"show", "next"})),
    "for_you": Row(ANYONE),
    "for_segment": Row(ANYONE),
    "choose_for_me": Row(acts=PERSON, form={"give": "1"}, takes=frozenset({"next"})),
    "safe_picks": Row(ANYONE),
    "leave_shop": Row(acts=ANYONE),
    "shop": Row(ANYONE, words=SHOP),
    "scene": Row(ANYONE, words=SCENE, writes=OPENS_A_SCENE),
    "scene_share": Row(PERSON, words=SCENE, writes=MAKES_ONES_LINK),
    "pass_on_shop": Row(PERSON, words=SHOP, writes=MAKES_ONES_LINK),
}
BUYING: dict[str, Row] = {
    "cart": Row(ANYONE),
    "cart_add": Row(acts=ANYONE, form={"sku_id": "{sku}", "quantity": 1}),
    "cart_change": Row(acts=ANYONE, form={"line": "{cart_line}", "quantity": 2}),
    "cart_select": Row(acts=ANYONE, form={"lines": "{cart_line}", "is_selected": "0"}),
    "cart_remove": Row(acts=ANYONE, form={"lines": "{cart_line}"}),
    "cart_restore": Row(acts=ANYONE, form={"undo": "{undo}"}),
    "checkout": Row(
        PERSON,
        PERSON,
        query="?sku_id={sku}&quantity=1&address_id={address}",
        form={
            "act": "place",
            "sku_id": "{sku}",
            "quantity": 1,
            "address_id": "{address}",
            "delivery": "parcel",
            "style": "personal",
            "idempotency_key": "endpoint-test-1",
        },
        takes=frozenset({"note", "invoice_title", "invoice_tax_number", "payable_fen"}),
    ),
    "regions": Row(ANYONE),
    "orders": Row(PERSON),
    "order": Row(PERSON, owner=MEMBER, also=P.ORDERS_VIEW),
    "order_pay": Row(acts=PERSON, owner=MEMBER, words={"number": "placed"}),
    # Coming back from the cashier: what the provider says is true already, the page only asks for it.
    "order_paid": Row(PERSON, owner=MEMBER, writes=ASKS),
    "order_cancel": Row(acts=PERSON, owner=MEMBER, words={"number": "placed"}),
    "order_confirm": Row(acts=PERSON, owner=MEMBER, words={"number": "shipped"}),
    "order_again": Row(acts=PERSON, owner=MEMBER),
    "after_sale_new": Row(
        PERSON,
        PERSON,
        owner=MEMBER,
        form={"kind": "refund", "quantity": 1, "reason": "other", "idempotency_key": "endpoint-test-2"},
        takes=frozenset({"note"}),
    ),
    "review": Row(
        PERSON,
        PERSON,
        owner=MEMBER,
        words={"number": "received", "line_id": "received_line"},
        form={"rating": 4},
        takes=frozenset({"text"}),
    ),
    "suggestion_new": Row(PERSON, PERSON, form={"text": "A smaller box would fit my shelf."}),
    "suggestions": Row(PERSON),
    "after_sales": Row(PERSON),
    "after_sale": Row(PERSON, owner=MEMBER, also=P.ORDERS_VIEW, words=CLAIM),
    "after_sale_withdraw": Row(acts=PERSON, owner=MEMBER, words=CLAIM),
    "after_sale_send_back": Row(acts=PERSON, owner=MEMBER, words=RETURN, form={"carrier": "sf", "tracking_number": "SF12345678"}),
    "after_sale_confirm": Row(acts=PERSON, owner=MEMBER, words=RETURN),
    "addresses": Row(PERSON),
    "address_new": Row(PERSON, PERSON, form=ADDRESS, takes=ADDRESS_TOO),
    "address_edit": Row(PERSON, PERSON, owner=MEMBER, form=ADDRESS, takes=ADDRESS_TOO),
    "address_remove": Row(acts=PERSON, owner=MEMBER),
    "address_default": Row(acts=PERSON, owner=MEMBER),
}
ME: dict[str, Row] = {
    "me": Row(ANYONE),
    "my_shop": Row(PERSON),
    "my_pause": Row(PERSON),
    "my_trust": Row(PERSON),
    "mute": Row(acts=PERSON, owner=MEMBER, form={"sharer": "{friend}", "mute": "1"}),
    "said": Row(PERSON, owner=MEMBER),
    "feedback_undo": Row(acts=PERSON, owner=MEMBER, form={"feedback": "{feedback}"}),
    "my_posts": Row(PERSON),
    "post_new": Row(PERSON, PERSON, form={"title": "桃子怎么挑", "text": "一捏就知道。", "products": "{bought}"}, takes=WRITES),
    "post_edit": Row(
        PERSON,
        PERSON,
        owner=MEMBER,
        words={"number": "draft"},
        form={"title": "桃子怎么挑", "text": "一捏就知道。", "products": "{bought}"},
        takes=WRITES,
    ),
    "post_take_back": Row(acts=PERSON, owner=MEMBER, words={"number": "draft"}),
    "follows": Row(PERSON),
    "follow_end": Row(acts=PERSON, owner=MEMBER),
    "settings": Row(PERSON, PERSON, form={"display_name": "New name"}),
    "language": Row(acts=PERSON, form={"language": "en"}),
    "consent": Row(acts=PERSON, form={"purpose": "marketing", "give": "1"}),
    "privacy": Row(PERSON),
    "privacy_purpose": Row(acts=PERSON, form={"purpose": "marketing", "give": "1"}),
    "privacy_correct": Row(acts=PERSON, owner=MEMBER, form={"facet": "category", "value": "{taste}"}),
    "privacy_take_back": Row(acts=PERSON, owner=MEMBER),
    "privacy_agent": Row(acts=PERSON, form={"part": "goods", "show": "0"}),
    "privacy_forget": Row(PERSON, PERSON),
    "privacy_copy": Row(PERSON),
    "delete_account": Row(PERSON, PERSON, form={"code": "000000"}, takes=frozenset({"send"})),
    "privacy_separate": Row(acts=PERSON, owner=MEMBER, form={"browser": "{browser}"}),
    "sessions": Row(PERSON),
    "sign_out_everywhere": Row(acts=PERSON),
    "favourites": Row(PERSON),
    "seen": Row(ANYONE),
    "messages": Row(PERSON),
    "messages_read": Row(acts=PERSON),
    # Opening a message is reading it.
    "message": Row(PERSON, owner=MEMBER, writes=frozenset({"care_message"})),
    "text_inbox": Row(HIDDEN),
    "sign_in": Row(ANYONE, ANYONE, form={"step": "phone", "phone": "", "has_agreed": "on"}),
    "wechat_start": Row(ANYONE),
    # Whoever comes back without the state is nobody's visitor yet.
    "wechat_back": Row(ANYONE, writes=frozenset({"accounts_visitor"})),
    "sign_out": Row(acts=ANYONE),
}
SEES_A_CARD = frozenset({"alerts_browsealert"})
"""When a card first came onto her screen is noted: how fast alerts are is counted to that."""

WORKBENCH: dict[str, Row] = {
    "today": Row(SELLER, writes=SEES_A_CARD),
    "alert_card": Row(SELLER, owner=AGENT, writes=SEES_A_CARD),
    "alert_share": Row(acts=SELLER, owner=AGENT),
    "alert_dismiss": Row(acts=SELLER, owner=AGENT),
    "library": Row(SELLER),
    "library_share": Row(acts=SELLER, words=POST),
    "join": Row(
        PERSON,
        PERSON,
        form={"name": "Another shop", "born_on": "1990-05-17", "occupation": "at_home", "has_agreed": "on"},
        takes=frozenset({"voice"}),
    ),
    "shares": Row(SELLER),
    "share_new": Row(SELLER, SELLER, form={"product": "{product}"}, owner=AGENT),
    "share_detail": Row(SELLER, owner=AGENT),
    "poster": Row(SELLER, owner=AGENT),
    "campaigns": Row(SELLER),
    "campaign_share": Row(acts=SELLER, words={"campaign_id": "campaign_running"}),
    "customers": Row(SELLER),
    "trust": Row(SELLER),
    "customer": Row(SELLER, owner=AGENT),
    "income": Row(EARNER),
    "income_entry": Row(EARNER, owner=AGENT),
    "withdraw": Row(EARNER, EARNER, form={"amount": "10", "idempotency_key": "endpoint-test-3"}),
    "payout": Row(EARNER, EARNER, form={"real_name": "Mallory", "payout_account": "mallory@example"}),
    "withdrawals": Row(EARNER),
    "withdrawal": Row(EARNER, owner=AGENT),
    "shop": Row(SELLER),
    "shop_look": Row(SELLER, SELLER, form={"name": "New name"}, takes=frozenset({"voice", "drawn"})),
    "shop_status": Row(acts=SELLER, form={"status": "closed"}, takes=frozenset({"status"})),
    "advice": Row(SELLER),
    "advice_accept": Row(acts=SELLER, words={"product_id": "unpicked"}, takes=frozenset({"top", "next"})),
    "advice_reject": Row(acts=SELLER, takes=frozenset({"reason", "next"})),
    "advice_back": Row(acts=SELLER, takes=frozenset({"drop", "next"})),
    "requirements": Row(SELLER, SELLER, form={"commission": "5"}, takes=frozenset({*REQUIREMENTS})),
    "shop_goods": Row(SELLER),
    "shop_words": Row(SELLER, SELLER, owner=AGENT, form={"voice": "Better words"}),
    "shop_choose": Row(acts=SELLER, words={"product_id": "unpicked"}),
    "shop_drop": Row(acts=SELLER),
    "shop_move": Row(acts=SELLER, owner=AGENT, form={"move": "down"}),
}
OTHERS: dict[str, Row] = {
    "healthz": Row(ANYONE),
    "readyz": Row(ANYONE),
    "icon": Row(ANYONE),
    "media": Row(ANYONE, words={"path": "media"}),
    "video": Row(ANYONE, words={"path": "video"}),
    "evidence": Row(PERSON, owner=MEMBER, also=P.ORDERS_VIEW, words=CLAIM | {"name": "evidence"}),
    "set_language": Row(ANYONE, ANYONE, form={"language": "en", "next": "/"}),
    "live:alerts": Row(SELLER),
    "demo:hall": Row(HIDDEN),
    "demo:enter": Row(acts=HIDDEN, words={"key": "door"}),
    # The cashier is another company's page: whoever knows the unguessable name of a trade may pay it.
    "sandbox:cashier": Row(ANYONE, ANYONE, words={"trade": "trade"}, form={"behaviour": "pay"}),
    "api_reference": Row(ANYONE),
    # No session and no token count there, only the signature of the provider over the body.
    "payment_notification": Row(acts=ANYONE, words={"provider": "provider"}),
    "answers.unknown_address": Row(ANYONE, ANYONE, words={"path": "nothing"}),
    "api-v1:openapi-json": Row(ANYONE),
    "api-v1:api-root": Row(ANYONE, ANYONE),
    # Whoever opens a page tells what is done on it; a batch of another day is counted and set aside.
    "ui:beacon": Row(acts=ANYONE, form={"batch": '{"sent": 1773021600000, "events": [{"name": "cart_opened"}]}'}),
    "ui:product_svg": Row(ANYONE, words={"motif": "motif", "seed": "seed"}),
    "ui:product_webp": Row(ANYONE, words={"motif": "motif", "seed": "seed", "width": "width"}),
    "ui:avatar": Row(ANYONE, words={"seed": "seed"}),
    "ui:tile": Row(ANYONE, words={"motif": "motif"}),
    "ui:illustration": Row(ANYONE, words={"name": "illustration"}),
    "ui:style_page": Row(HIDDEN),
}
TAKES: dict[str, frozenset[str]] = {
    "product_preview": frozenset({"product_id"}),
    "product_commission": frozenset({"second_basis_points"}),
    "supplier_new": frozenset({"region_code"}),
    "supplier_edit": frozenset({"region_code"}),
}
"""What forms of the console know besides what its own tests send."""


def _of_selling(door: selling.Door) -> Row:
    if door.post is None:
        return Row(STAFF, sees_with=door.needs)
    return Row(acts=STAFF, acts_with=door.needs)


def _of_running(name: str, door: running.Door) -> Row:
    acts = STAFF if door.fields is not None else ""
    takes = TAKES.get(name, frozenset())
    return Row(STAFF if door.sees else "", acts, sees_with=door.sees, acts_with=door.acts, takes=takes)


ROWS: dict[str, Row] = (
    {f"storefront:{name}": row for name, row in (SHELF | BUYING | ME).items()}
    | {f"workbench:{name}": row for name, row in WORKBENCH.items()}
    | {f"console:{name}": _of_selling(door) for name, door in selling.DOORS.items()}
    | {f"console:{name}": _of_running(name, door) for name, door in running.DOORS.items()}
    | {f"console:{name}": row for name, row in CONSOLE.items()}
    # The counter has a page and a form at one address.
    | {"console:counter": Row(STAFF, STAFF, sees_with=(P.ORDERS_SHIP,), acts_with=(P.ORDERS_SHIP,))}
    | OTHERS
)

for _rows in of_plays("ROWS"):
    ROWS.update(_rows)
