"""Who may open what of the console, as far as its own tests' tables do not say it: the part of ``table`` for the staff."""

from collections.abc import Mapping

from renmai.accounts.policies import Permission
from renmai.accounts.tests.factories import PASSWORD
from renmai.web.console.tests.plays import sent_as_typed
from tools.testing.rows import ANYONE, STAFF, Row

P = Permission
DOORS_OF_THE_CONSOLE: dict[str, Row] = {
    "sign_in": Row(ANYONE, ANYONE, form={"username": "", "password": ""}),
    "enrolment": Row(ANYONE, ANYONE),
    "sign_out": Row(acts=ANYONE),
    "confirm": Row(STAFF, STAFF, form={"totp": ""}),
    "own": Row(STAFF),
    "own_recovery_codes": Row(acts=STAFF, form={"totp": ""}),
    "own_password": Row(acts=STAFF, form={"old": PASSWORD, "password": "another long one 43"}),
    "own_everywhere": Row(acts=STAFF),
}
"""For people who are not in yet, or prove once more who they are."""


COUPON: dict[str, object] = {
    "title_zh": "春季满减",
    "channels": ["web"],
    "starts_at": "2098-10-01T00:00",
    "ends_at": "2098-11-01T00:00",
    "return_bound_basis_points": "15",
    "complaint_bound_basis_points": "5",
} | sent_as_typed("coupon")
COMMON = frozenset({"act", "title_en", "copy_zh", "copy_en", "budget_fen"})
WITHOUT: dict[str, object] = {}
WHY = {"reason": "looked at every word of it"}
BLOCKS = {"block": ["headline"], "b0_text_zh": "好茶", "title_zh": "秋茶节", "slug": "{scene_slug}", "seen": "1"}
SEES, MANAGES, APPROVES = (P.CAMPAIGNS_VIEW,), (P.CAMPAIGNS_MANAGE,), (P.CAMPAIGNS_APPROVE,)


def _act(campaign: str, acts_with: tuple[P, ...] = MANAGES, form: Mapping[str, object] = WITHOUT) -> Row:
    """An act on a campaign in the state in which it can be done."""
    return Row(acts=STAFF, acts_with=acts_with, words={"campaign_id": campaign}, form=form)


INSIGHT: dict[str, Row] = {
    name: Row(STAFF, sees_with=(P.FIGURES_VIEW,))
    for name in (
        *("browse_alerts", "value", "value_file", "funnels", "funnels_file", "relations", "retention", "retention_file"),
        *("searches", "searches_file"),
    )
} | {
    "funnels_count": Row(acts=STAFF, acts_with=(P.FIGURES_VIEW,)),
    "searches_count": Row(acts=STAFF, acts_with=(P.FIGURES_VIEW,)),
    "synonym_add": Row(acts=STAFF, acts_with=(P.PRODUCTS_EDIT,), form={"word": "西红柿", "other": "番茄"}),
    "synonym_remove": Row(acts=STAFF, acts_with=(P.PRODUCTS_EDIT,)),
}
CAMPAIGNS: dict[str, Row] = {
    "campaigns": Row(STAFF, sees_with=SEES),
    "campaign_choose": Row(STAFF, sees_with=MANAGES),
    "campaign_new": Row(
        STAFF, STAFF, sees_with=MANAGES, acts_with=MANAGES, words={"play_key": "play"}, form=COUPON, takes=COMMON
    ),
    "campaign_preview": Row(acts=STAFF, acts_with=MANAGES, words={"play_key": "play"}, form=COUPON, takes=COMMON),
    "copy_check": Row(
        STAFF, STAFF, sees_with=MANAGES, acts_with=MANAGES, form={"text": "转发到群就送红包", "channels": ["wechat"]}
    ),
    "campaign_skus": Row(STAFF, sees_with=MANAGES, query="?name=term_sku&term_sku_q=tea"),
    "campaign": Row(STAFF, sees_with=SEES),
    "campaign_edit": Row(STAFF, STAFF, sees_with=MANAGES, acts_with=MANAGES, form=COUPON, takes=COMMON),
    "campaign_spread": Row(STAFF, sees_with=SEES, words={"campaign_id": "campaign_running"}),
    "campaign_launch": _act("campaign"),
    "campaign_approve": _act("campaign_waiting", APPROVES, {"seen": "1", **WHY}),
    "campaign_send_back": _act("campaign_waiting", APPROVES, WHY),
    "campaign_ask": _act("campaign_running"),
    "campaign_pause": _act("campaign_running"),
    "campaign_resume": _act("campaign_paused"),
    "campaign_stop": _act("campaign_running", MANAGES, WHY),
    "campaign_act": Row(acts=STAFF, acts_with=MANAGES, words={"campaign_id": "presale", "act_key": "presale_act"}, form=WHY),
    "scenes": Row(STAFF, sees_with=SEES),
    "scene_new": Row(
        STAFF, STAFF, sees_with=MANAGES, acts_with=MANAGES, form={"title_zh": "春茶节"}, takes=frozenset({"title_en", "slug"})
    ),
    "scene": Row(
        STAFF, STAFF, sees_with=MANAGES, acts_with=MANAGES, form=BLOCKS, takes=frozenset({"act", "title_en", "b0_text_en"})
    ),
    "scene_preview": Row(acts=STAFF, acts_with=MANAGES, form=BLOCKS, takes=frozenset({"title_en", "b0_text_en"})),
    "scene_goods": Row(STAFF, sees_with=MANAGES, query="?name=b0_product_ids&b0_product_ids_q=tea"),
    "scene_withdraw": Row(acts=STAFF, acts_with=MANAGES, form=WHY),
}

CONTENT_MANAGED = (P.CONTENT_MANAGE,)
OFFICIAL = {"title": "春茶到了", "text": "泡三道还有豆香。"}
SEEN: dict[str, object] = {"seen": "1"}
DRAFT, FILES = {"post_id": "official_draft"}, frozenset({"pictures", "video"})
PICTURE = DRAFT | {"picture_id": "official_picture"}
OFFICIAL_TOO = frozenset({"products", "topics"})


def _looks(post: str, form: Mapping[str, object] = WITHOUT) -> Row:
    """An act on a post in the state in which it can be done."""
    return Row(acts=STAFF, acts_with=CONTENT_MANAGED, words={"post_id": post}, form=form)


CONTENT: dict[str, Row] = {
    "posts": Row(STAFF, sees_with=CONTENT_MANAGED),
    "post_new": Row(STAFF, STAFF, sees_with=CONTENT_MANAGED, acts_with=CONTENT_MANAGED, form=OFFICIAL, takes=OFFICIAL_TOO),
    "post": Row(STAFF, sees_with=CONTENT_MANAGED),
    "post_edit": Row(
        STAFF,
        STAFF,
        sees_with=CONTENT_MANAGED,
        acts_with=CONTENT_MANAGED,
        words={"post_id": "official_draft"},
        form=OFFICIAL,
        takes=OFFICIAL_TOO,
    ),
    "post_pictures": Row(STAFF, STAFF, sees_with=CONTENT_MANAGED, acts_with=CONTENT_MANAGED, words=DRAFT, takes=FILES),
    "post_picture_move": Row(acts=STAFF, acts_with=CONTENT_MANAGED, words=PICTURE, form={"to": "right"}),
    "post_picture_remove": Row(acts=STAFF, acts_with=CONTENT_MANAGED, words=PICTURE),
    "post_video_remove": _looks("filmed_draft"),
    "post_publish": _looks("official_draft"),
    "post_approve": _looks("waiting_post", SEEN),
    "post_send_back": _looks("waiting_post", SEEN | WHY),
    "post_withdraw": _looks("official_post", SEEN | WHY),
    "topics": Row(
        STAFF,
        STAFF,
        sees_with=CONTENT_MANAGED,
        acts_with=CONTENT_MANAGED,
        form={"name_zh": "茶", "slug": "new-tea", "position": "1"},
        takes=frozenset({"name_en", "is_open"}),
    ),
    "topic": Row(
        STAFF,
        STAFF,
        sees_with=CONTENT_MANAGED,
        acts_with=CONTENT_MANAGED,
        form={"name_zh": "茶", "position": "1"},
        takes=frozenset({"name_en", "is_open", "slug"}),
    ),
}

CONDITION: dict[str, object] = {
    "act": "save",
    "name": "Buyers",
    "match": "all",
    "count": "1",
    "field-0": "orders",
    "comparison-0": "at_least",
    "value-0": "1",
}
CUSTOMERS_SEEN = (P.CUSTOMERS_VIEW,)
LOGGED = frozenset({"accounts_actlog"})
"""Whoever looks at a portrait is written down: that is all that a look changes."""

ANSWERS = (P.PRODUCTS_EDIT,)
CUSTOMERS: dict[str, Row] = {
    "suggestions": Row(STAFF, sees_with=ANSWERS),
    "suggestion": Row(
        STAFF,
        STAFF,
        sees_with=ANSWERS,
        acts_with=ANSWERS,
        form={"decision": "answered", "answer": "We look into it."},
        takes=frozenset({"product", "since"}),
    ),
    "customers": Row(STAFF, sees_with=CUSTOMERS_SEEN),
    "customer": Row(STAFF, sees_with=CUSTOMERS_SEEN, writes=LOGGED),
    "customer_evidence": Row(STAFF, sees_with=CUSTOMERS_SEEN, query="?facet=category&source=orders&value=fruit", writes=LOGGED),
    "customer_delete": Row(acts=STAFF, acts_with=(P.CUSTOMERS_CORRECT,), form=WHY),
    "customer_separate": Row(acts=STAFF, acts_with=(P.CUSTOMERS_CORRECT,), form={"browser": "{browser}"}),
    "ties": Row(STAFF, sees_with=CUSTOMERS_SEEN),
    "segments": Row(STAFF, sees_with=CUSTOMERS_SEEN),
    "segment_new": Row(STAFF, STAFF, sees_with=MANAGES, acts_with=MANAGES, form=CONDITION),
    "segment": Row(STAFF, STAFF, sees_with=CUSTOMERS_SEEN, acts_with=MANAGES, form=CONDITION),
    "segment_archive": Row(acts=STAFF, acts_with=MANAGES),
    "segment_goods": Row(acts=STAFF, acts_with=(P.MATCHING_MANAGE,)),
}
EXPERIMENT = {
    "title": "首页先放新品",
    "hypothesis": "New goods first bring members back more often.",
    "switch_home_shelf": ["sold", "newest"],
    "unit": "member",
    "campaign": "",
    "audience": "everybody",
    "metric": "kept",
    "lift_basis_points": "10",
    "window_days": "7",
    "layer_basis_points": "100",
    "traffic_basis_points": "100",
}
LEFT_OUT = frozenset(
    {
        "act",
        "is_holdout",
        "held_basis_points",
        "switch_home_chosen",
        "switch_share_message",
        "switch_alerts_daily",
        "guard_mutes",
        "guard_returns",
        "guard_complaints",
        "guard_kept",
    }
)
LOOKS, TRIES = (P.FIGURES_VIEW,), (P.EXPERIMENTS_MANAGE,)


def _tries(experiment: str, form: Mapping[str, object] = WITHOUT) -> Row:
    """An act on an experiment in the state in which it can be done."""
    return Row(acts=STAFF, acts_with=TRIES, words={"experiment_id": experiment}, form=form)


EXPERIMENTS: dict[str, Row] = {
    "experiments": Row(STAFF, sees_with=LOOKS),
    "experiment_new": Row(STAFF, STAFF, sees_with=TRIES, acts_with=TRIES, form=EXPERIMENT, takes=LEFT_OUT),
    "experiment_preview": Row(acts=STAFF, acts_with=TRIES, form=EXPERIMENT, takes=LEFT_OUT),
    "experiment": Row(STAFF, sees_with=LOOKS),
    "experiment_edit": Row(STAFF, STAFF, sees_with=TRIES, acts_with=TRIES, form=EXPERIMENT, takes=LEFT_OUT),
    "experiment_start": _tries("experiment"),
    "experiment_widen": _tries("experiment_running", {"traffic": "50"}),
    "experiment_stop": _tries("experiment_running", WHY),
    "experiment_decide": _tries("experiment_running", WHY | {"variant": "voice"}),
}
TRUST: dict[str, Row] = {
    "trust": Row(STAFF, sees_with=(P.CUSTOMERS_VIEW,)),
    "regard": Row(STAFF, sees_with=(P.CUSTOMERS_VIEW,), words={"agent_user_id": "friend"}),
    "tie": Row(STAFF, sees_with=(P.CUSTOMERS_VIEW,), words={"sharer_id": "friend", "receiver_id": "member"}),
    "pause_lift": Row(acts=STAFF, acts_with=(P.AGENTS_MANAGE,), words={"pause_id": "pause"}, form={"reason": "It was a mistake"}),
}

CONSOLE: dict[str, Row] = DOORS_OF_THE_CONSOLE | INSIGHT | EXPERIMENTS | CAMPAIGNS | CONTENT | CUSTOMERS | TRUST
