"""The table of who may call what, with one good request for each operation. Written by hand: it must not follow the code.

``who`` is ``anyone``, ``person`` (signed in), ``own:<name>`` (the thing is ``name``'s alone, for others it does not exist), ``seller``
(active agent), ``earner`` (agent), or permissions of the staff. ``{word}`` is a name of the street.
"""

from renmai.api.tests.access_posts import POSTS
from renmai.api.tests.cases import Case
from renmai.api.tests.world import NANSHAN
from tools.testing.plays import of_plays

ADDRESS = {"recipient": "王小明", "phone": "13800138000", "region_code": NANSHAN, "street": "科技园路 1 号"}
APPLICATION = {"born_on": "1990-05-17", "occupation": "at_home", "has_agreed": True, "shop_name": "新开的小店"}
PRODUCT = {"code": "new-tea", "category_id": "{category}", "supplier_id": "{supplier}", "title_zh": "新茶"}
MATRIX = {"options": [], "skus": [{"values": [], "price_fen": 1280}]}
LINES = {"lines": [{"sku_id": "{sku}", "quantity": 1}], "address_id": "{address}"}
CLAIM = {"order_line_id": "{waiting_line}", "kind": "refund", "quantity": 1, "reason": "no_longer_wanted"}
TRACK = {"carrier": "sf", "tracking_number": "SF12345678"}
REASON = {"reason": "because it is so"}
SUPPLIER = {"code": "new-supplier", "name_zh": "新供货商"}
CATEGORY = {"slug": "new-category", "name_zh": "新类目"}
ZONES = {"name_zh": "快递", "zones": [{"first_fee_fen": 800}]}
STAFF = {"username": "newcomer", "password": "long enough for a test 42", "display_name": "新同事", "roles": ["analyst"]}
ADVICE = {"goods": 4, "supply": 4, "service": 4, "trust": 4, "rules": 4}
HOOK = {"url": "https://erp.example/other", "events": ["ordering.OrderPaid"]}
CAMPAIGN = {
    "play": "coupon",
    "title_zh": "秋季满减",
    "channels": ["web"],
    "starts_at": "2098-10-01T00:00:00Z",
    "ends_at": "2098-11-01T00:00:00Z",
}
SCENE = {"slug": "new-scene", "title_zh": "新场景", "blocks": [{"kind": "headline", "text_zh": "好茶"}]}
CONDITIONS = {"match": "all", "conditions": [{"field": "orders", "comparison": "at_least", "values": ["1"]}]}
SEGMENT = CONDITIONS | {"name": "Buyers"}
WHY = {"reason": "looked at every word of it"}
ANSWER = {"answer": "one person, by her own word"}
CLAIMS = "after_sales.decide orders.view"
DEALERS = "stock.feed orders.ship after_sales.decide withdrawals.review campaigns.manage"
WITHDRAWALS = "withdrawals.review withdrawals.approve"

ACCESS: dict[str, Case] = {
    # Signing in
    "create_visitor": Case("anyone", "POST", "/visitors", by="guest", status=201),
    "send_code": Case("anyone", "POST", "/sign-in/codes", {"phone": "13911111111"}, by="guest", status=204),
    "list_texts": Case("anyone", "GET", "/sign-in/texts?phone=13911111111", by="guest", status=404),
    "sign_in": Case(
        "anyone", "POST", "/sign-in", {"phone": "13900000000", "code": "{code}", "has_agreed": True}, by="guest", status=201
    ),
    "get_wechat_address": Case("anyone", "GET", "/sign-in/wechat", by="guest"),
    "sign_in_wechat": Case("anyone", "POST", "/sign-in/wechat", {"code": "c", "state": "s"}, by="guest", status=400),
    "sign_in_staff": Case("anyone", "POST", "/sign-in/staff", {"username": "nobody", "password": "x"}, by="guest", status=401),
    "sign_out": Case("person", "POST", "/sign-out", status=204),
    # Catalogue
    "list_categories": Case("anyone", "GET", "/categories", by="guest"),
    "list_products": Case("anyone", "GET", "/products?q=水蜜桃&sort=price", by="guest"),
    "get_product": Case("anyone", "GET", "/products/{product}", by="guest"),
    "list_product_reviews": Case("anyone", "GET", "/products/{product}/reviews", by="guest"),
    "quote_freight": Case("anyone", "GET", f"/freight?sku_id={{sku}}&region_code={NANSHAN}", by="guest"),
    "list_recommendations": Case("anyone", "GET", "/recommendations", by="guest"),
    # Shops and shares
    "list_shops": Case("anyone", "GET", "/shops", by="guest"),
    "get_shop": Case("anyone", "GET", "/shops/{shop}", by="guest"),
    "list_shop_goods": Case("anyone", "GET", "/shops/{shop}/goods", by="guest"),
    "get_share": Case("anyone", "GET", "/shares/{share}", by="guest"),
    "visit_share": Case("anyone", "POST", "/shares/{share}/visits", by="guest", status=201),
    "create_share": Case("person", "POST", "/shares", {"kind": "product", "product_id": "{product}"}, status=201),
    "get_my_binding": Case("person", "GET", "/me/binding"),
    # Cart
    "get_cart": Case("anyone", "GET", "/cart", by="guest"),
    "add_to_cart": Case("anyone", "POST", "/cart/lines", {"sku_id": "{sku}", "quantity": 1}, by="guest", status=201),
    "change_cart_line": Case("own:member", "PATCH", "/cart/lines/{cart_line}", {"quantity": 2}),
    "remove_cart_line": Case("anyone", "DELETE", "/cart/lines/{cart_line}"),
    "select_cart_lines": Case("anyone", "POST", "/cart/selection", {"is_selected": False}),
    # Orders and payments
    "quote_order": Case("own:member", "POST", "/quotes", LINES),
    "place_order": Case("own:member", "POST", "/orders", LINES, status=201),
    "list_orders": Case("person", "GET", "/orders?status=paid"),
    "count_orders": Case("person", "GET", "/orders/counts"),
    "get_order": Case("own:member", "GET", "/orders/{placed}", also="orders.view"),
    "cancel_order": Case("own:member", "POST", "/orders/{placed}/cancel"),
    "confirm_order": Case("own:member", "POST", "/orders/{shipped}/confirm"),
    "start_payment": Case("own:member", "POST", "/orders/{placed}/payment", {}, status=201),
    "get_payment": Case("own:member", "GET", "/orders/{waiting}/payment", also="orders.view"),
    "check_payment": Case("own:member", "POST", "/orders/{waiting}/payment/check"),
    "list_payment_providers": Case("anyone", "GET", "/payment-providers", by="guest"),
    "list_reviewable": Case("person", "GET", "/reviews/waiting"),
    "write_review": Case(
        "own:member", "POST", "/order-lines/{received_line}/review", {"rating": 5, "pictures": ["{picture}"]}, status=201
    ),
    # After-sales
    "list_reasons": Case("anyone", "GET", "/after-sales/reasons", by="guest"),
    "list_carriers": Case("anyone", "GET", "/carriers", by="guest"),
    "request_after_sale": Case(
        "own:member", "POST", "/orders/{waiting}/after-sales", CLAIM, status=201, also="after_sales.decide"
    ),
    "list_after_sales": Case("person", "GET", "/after-sales"),
    "get_after_sale": Case("own:member", "GET", "/after-sales/{requested}", also=CLAIMS),
    "withdraw_after_sale": Case("own:member", "POST", "/after-sales/{requested}/withdraw"),
    "send_back": Case("own:member", "POST", "/after-sales/{awaiting}/send-back", TRACK),
    "confirm_replacement": Case("own:member", "POST", "/after-sales/{awaiting}/confirm-replacement", status=409),
    # Addresses
    "list_regions": Case("anyone", "GET", "/regions?parent=440000", by="guest"),
    "list_addresses": Case("person", "GET", "/addresses"),
    "add_address": Case("person", "POST", "/addresses", ADDRESS, status=201),
    "change_address": Case("own:member", "PUT", "/addresses/{address}", ADDRESS),
    "remove_address": Case("own:member", "DELETE", "/addresses/{address}", status=204),
    "set_default_address": Case("own:member", "POST", "/addresses/{address}/default"),
    # Me
    "get_me": Case("person", "GET", "/me"),
    "change_me": Case("person", "PATCH", "/me", {"display_name": "新名字"}),
    "get_copy": Case("person", "GET", "/me/copy"),
    "delete_me": Case("person", "POST", "/me/deletion", {"code": "000000"}, status=400),
    "list_consents": Case("person", "GET", "/me/consents"),
    "list_consent_history": Case("person", "GET", "/me/consents/history"),
    "give_consent": Case("person", "PUT", "/me/consents/marketing"),
    "withdraw_consent": Case("person", "DELETE", "/me/consents/marketing"),
    "list_favourites": Case("person", "GET", "/me/favourites"),
    "keep_favourite": Case("person", "PUT", "/me/favourites/{product}"),
    "drop_favourite": Case("person", "DELETE", "/me/favourites/{product}"),
    "get_portrait": Case("person", "GET", "/me/portrait"),
    "export_portrait": Case("person", "GET", "/me/portrait/export"),
    "list_seen": Case("anyone", "GET", "/me/seen"),
    "list_messages": Case("person", "GET", "/me/messages?group=order"),
    "get_message": Case("own:member", "GET", "/me/messages/{message}"),
    "read_message": Case("own:member", "POST", "/me/messages/{message}/read"),
    "read_all_messages": Case("person", "POST", "/me/messages/read"),
    # Trust
    "give_feedback": Case("person", "POST", "/shares/{share}/feedback", {"word": "useful"}, status=201),
    "complain": Case("person", "POST", "/shares/{friends_share}/complaint", {"note": "not what the words said"}, status=201),
    "take_feedback_back": Case("own:member", "DELETE", "/me/feedback/{feedback}"),
    "list_sharers": Case("person", "GET", "/me/sharers"),
    "list_mutes": Case("person", "GET", "/me/mutes"),
    "mute_sharer": Case("own:member", "PUT", "/me/mutes/{sharer}"),
    "unmute_sharer": Case("own:member", "DELETE", "/me/mutes/{sharer}"),
    "list_own_pauses": Case("person", "GET", "/me/pauses"),
    "get_agent_regard": Case("agents.manage", "GET", "/staff/agents/{agent}/trust", by="service"),
    "list_pauses": Case("customers.view", "GET", "/staff/pauses", by="auditor"),
    "end_pause": Case("agents.manage", "POST", "/staff/pauses/{pause}/lift", REASON, by="service"),
    "get_alert_figures": Case("figures.view", "GET", "/staff/browse-alerts?first=2026-03-01&last=2026-03-31", by="analyst"),
    # Agents
    "list_occupations": Case("person", "GET", "/agent/occupations"),
    "become_agent": Case("person", "POST", "/agent", APPLICATION, by="other", status=201),
    "get_workbench": Case("earner", "GET", "/agent", by="agent"),
    "change_payout": Case("earner", "PUT", "/agent/payout", {"real_name": "林晓", "payout_account": "new@example"}, by="agent"),
    "list_shop_days": Case("seller", "GET", "/agent/days?days=7", by="agent"),
    "list_customers": Case("seller", "GET", "/agent/customers", by="agent"),
    "get_advice": Case("seller", "GET", "/agent/advice", by="agent"),
    "list_library": Case("seller", "GET", "/agent/library?now=true&source=official", by="agent"),
    "answer_advice": Case("seller", "PUT", "/agent/advice/{product}", {"answer": "rejected", "reason": "price"}, by="agent"),
    "take_answer_back": Case("seller", "DELETE", "/agent/advice/{product}", by="agent"),
    "get_requirements": Case("seller", "GET", "/agent/requirements", by="agent"),
    "change_requirements": Case("seller", "PUT", "/agent/requirements", {"commission_points": 500}, by="agent"),
    "list_browse_alerts": Case("seller", "GET", "/agent/browse-alerts", by="agent"),
    "answer_browse_alert": Case(
        "seller", "POST", "/agent/browse-alerts/{browse_alert}/answer", {"answer": "not_now"}, by="agent"
    ),
    "get_customer_trust": Case("seller", "GET", "/agent/customers/{member}/trust", by="agent"),
    "get_regard": Case("seller", "GET", "/agent/trust", by="agent"),
    "list_pledges": Case("seller", "GET", "/agent/trust/pledges", by="agent"),
    "get_for_you": Case("anyone", "GET", "/for-you", by="guest"),
    "get_safe_picks": Case("anyone", "GET", "/safe-picks", by="guest"),
    "get_customer": Case("seller", "GET", "/agent/customers/{member}", by="agent"),
    "get_income": Case("earner", "GET", "/agent/income", by="agent"),
    "list_statement": Case("earner", "GET", "/agent/statement?kind=created", by="agent"),
    "get_statement_reason": Case("earner", "GET", "/agent/statement/{entry}", by="agent"),
    "list_commissions": Case("earner", "GET", "/agent/commissions", by="agent"),
    "preview_tax": Case("earner", "GET", "/agent/tax?amount_fen=10000", by="agent"),
    "list_withdrawals": Case("earner", "GET", "/agent/withdrawals", by="agent"),
    "request_withdrawal": Case("earner", "POST", "/agent/withdrawals", {"amount_fen": 1000}, by="agent", status=201),
    "get_withdrawal": Case("earner", "GET", "/agent/withdrawals/{asked}", by="agent"),
    "get_own_shop": Case("seller", "GET", "/agent/shop", by="agent"),
    "change_own_shop": Case("seller", "PUT", "/agent/shop", {"name": "新名字", "voice": "新话"}, by="agent"),
    "change_shop_picture": Case("seller", "PUT", "/agent/shop/picture", {"picture": "{picture}"}, by="agent"),
    "close_own_shop": Case("seller", "POST", "/agent/shop/close", by="agent"),
    "reopen_own_shop": Case("seller", "POST", "/agent/shop/reopen", by="agent"),
    "list_own_goods": Case("seller", "GET", "/agent/shop/goods", by="agent"),
    "choose_product": Case("seller", "PUT", "/agent/shop/goods/{second}", {"voice": "好"}, by="agent"),
    "drop_product": Case("seller", "DELETE", "/agent/shop/goods/{product}", by="agent"),
    "move_product": Case("seller", "POST", "/agent/shop/goods/{product}/move", {"move": "down"}, by="agent"),
    "list_shares": Case("seller", "GET", "/agent/shares", by="agent"),
    "get_share_story": Case("seller", "GET", "/agent/shares/{share}", by="agent"),
    "get_cascade": Case("seller", "GET", "/agent/shares/{share}/cascade", by="agent"),
    # Staff: customers
    "list_segments": Case("customers.view", "GET", "/staff/segments", by="auditor"),
    "compose_segment": Case("campaigns.manage", "POST", "/staff/segments", SEGMENT, by="merchandiser", status=201),
    "delete_customer": Case(
        "customers.correct",
        "POST",
        "/staff/customers/{leaver}/deletion",
        {"reason": "she asked by phone"},
        by="service",
        status=204,
    ),
    "preview_segment": Case("customers.view", "POST", "/staff/segments/preview", CONDITIONS, by="service"),
    # Staff: orders
    "list_all_orders": Case("orders.view", "GET", "/staff/orders?text=王小明", by="auditor"),
    "list_shipments": Case("orders.view", "GET", "/staff/shipments", by="fulfilment"),
    "get_shipments_csv": Case("orders.view", "GET", "/staff/shipments/template", by="fulfilment"),
    "batch_ship": Case("orders.ship", "POST", "/staff/shipments/batch", {"csv": "shipment,carrier,tracking\n"}, by="fulfilment"),
    "ship_parcel": Case("orders.ship", "POST", "/staff/shipments/{parcel}/ship", TRACK, by="fulfilment"),
    "mark_delivered": Case("orders.ship", "POST", "/staff/shipments/{parcel_on_its_way}/delivered", by="fulfilment"),
    "list_pickups": Case("orders.view", "GET", "/staff/pickups", by="service"),
    "hand_over": Case("orders.ship", "POST", "/staff/pickups/{pickup}/hand-over", {"code": "{pickup_code}"}, by="fulfilment"),
    "list_claims": Case(CLAIMS, "GET", "/staff/after-sales?status=open", by="service"),
    "approve_claim": Case("after_sales.decide", "POST", "/staff/after-sales/{requested}/approve", {}, by="service"),
    "reject_claim": Case("after_sales.decide", "POST", "/staff/after-sales/{requested}/reject", {"answer": "不行"}, by="service"),
    "receive_back": Case("after_sales.decide", "POST", "/staff/after-sales/{awaiting}/receive-back", {}, by="service"),
    # Staff: money
    "list_all_withdrawals": Case(WITHDRAWALS, "GET", "/staff/withdrawals?status=requested", by="finance"),
    "count_withdrawals": Case(WITHDRAWALS, "GET", "/staff/withdrawals/counts", by="finance"),
    "get_any_withdrawal": Case(WITHDRAWALS, "GET", "/staff/withdrawals/{asked}", by="finance"),
    "review_withdrawal": Case("withdrawals.review", "POST", "/staff/withdrawals/{asked}/review", by="finance"),
    "approve_withdrawal": Case("withdrawals.approve", "POST", "/staff/withdrawals/{reviewed}/approve", by="finance"),
    "reject_withdrawal": Case(WITHDRAWALS, "POST", "/staff/withdrawals/{asked}/reject", REASON, by="finance"),
    "list_agents": Case("agents.manage", "GET", "/staff/agents", by="service"),
    "get_agent": Case("agents.manage", "GET", "/staff/agents/{agent}", by="service"),
    "get_agent_income": Case("agents.manage", "GET", "/staff/agents/{agent}/income", by="service"),
    "list_agent_statement": Case("agents.manage", "GET", "/staff/agents/{agent}/statement", by="service"),
    "preview_withdrawal_tax": Case(WITHDRAWALS, "GET", "/staff/withdrawals/{asked}/tax", by="finance"),
    "set_leader": Case("agents.manage", "PUT", "/staff/agents/{agent}/leader", {"leader_id": None}, by="service", status=204),
    "suspend_agent": Case("agents.manage", "POST", "/staff/agents/{agent}/suspend", REASON, by="service"),
    "reactivate_agent": Case("agents.manage", "POST", "/staff/agents/{agent}/reactivate", REASON, by="service", status=409),
    "close_agent": Case("agents.manage", "POST", "/staff/agents/{agent}/close", REASON, by="service"),
    "list_attribution": Case("attribution.view", "GET", "/staff/attribution", by="analyst"),
    "list_binding_log": Case("attribution.view", "GET", "/staff/bindings", by="analyst"),
    "list_order_commissions": Case("orders.view", "GET", "/staff/orders/{earned}/commissions", by="auditor"),
    "list_failed_refunds": Case("refunds.view", "GET", "/staff/refunds/failed", by="auditor"),
    "retry_refund": Case("after_sales.decide", "POST", "/staff/refunds/{refund}/retry", by="service", status=204),
    # Staff: goods
    "list_staff_products": Case("products.edit", "GET", "/staff/products?status=draft", by="merchandiser"),
    "create_product": Case("products.edit", "POST", "/staff/products", PRODUCT, by="merchandiser", status=201),
    "get_staff_product": Case("products.edit", "GET", "/staff/products/{draft}", by="merchandiser"),
    "change_product": Case("products.edit", "PUT", "/staff/products/{draft}", PRODUCT, by="merchandiser"),
    "list_product": Case("products.edit", "POST", "/staff/products/{draft}/list", by="merchandiser"),
    "delist_product": Case("products.edit", "POST", "/staff/products/{product}/delist", {}, by="merchandiser"),
    "list_skus": Case("products.edit", "GET", "/staff/products/{product}/skus", by="merchandiser"),
    "set_skus": Case("products.edit", "PUT", "/staff/products/{draft}/skus", MATRIX, by="merchandiser"),
    "set_price": Case("products.edit", "PUT", "/staff/skus/{sku}/price", {"price_fen": 990}, by="merchandiser"),
    "set_wholesale": Case(
        "products.edit", "PUT", "/staff/skus/{sku}/wholesale", {"price_fen": 900, "minimum": 10}, by="merchandiser"
    ),
    "count_stock": Case("stock.feed", "PUT", "/staff/skus/{sku}/stock", {"on_hand": 99}, by="fulfilment"),
    "list_short_skus": Case("stock.feed", "GET", "/staff/stock/short?below=1000", by="fulfilment"),
    "list_stock": Case("stock.feed", "GET", "/staff/stock", by="fulfilment"),
    "list_movements": Case("products.edit stock.feed", "GET", "/staff/skus/{sku}/movements", by="fulfilment"),
    "list_prices": Case("products.edit stock.feed", "GET", "/staff/skus/{sku}/prices", by="merchandiser"),
    "list_pictures": Case("products.edit", "GET", "/staff/products/{product}/pictures", by="merchandiser"),
    "add_picture": Case(
        "products.edit", "POST", "/staff/products/{product}/pictures", {"picture": "{picture}"}, by="merchandiser", status=201
    ),
    "order_pictures": Case(
        "products.edit", "PUT", "/staff/products/{product}/pictures/order", {"picture_ids": [1]}, by="merchandiser"
    ),
    "remove_picture": Case("products.edit", "DELETE", "/staff/pictures/{picture_id}", by="merchandiser", status=204),
    "set_rate": Case("settings.change", "PUT", "/staff/products/{product}/rate", {"basis_points": 800}, by="owner"),
    "clear_rate": Case("settings.change", "DELETE", "/staff/products/{product}/rate", by="owner", status=204),
    # Staff: supply
    "create_category": Case("products.edit", "POST", "/staff/categories", CATEGORY, by="merchandiser", status=201),
    "change_category": Case("products.edit", "PUT", "/staff/categories/{category}", CATEGORY, by="merchandiser"),
    "list_synonyms": Case("products.edit", "GET", "/staff/synonyms", by="merchandiser"),
    "add_synonym": Case(
        "products.edit", "POST", "/staff/synonyms", {"word": "西红柿", "other": "番茄"}, by="merchandiser", status=201
    ),
    "remove_synonym": Case("products.edit", "DELETE", "/staff/synonyms/{synonym}", by="merchandiser", status=204),
    "list_suppliers": Case("stock.feed", "GET", "/staff/suppliers", by="fulfilment"),
    "create_supplier": Case("products.edit", "POST", "/staff/suppliers", SUPPLIER, by="merchandiser", status=201),
    "change_supplier": Case("products.edit", "PUT", "/staff/suppliers/{supplier}", SUPPLIER, by="merchandiser"),
    "apply_feed": Case(
        "stock.feed", "POST", "/staff/suppliers/{supplier}/feeds", {"csv": "sku_code,on_hand\n"}, by="fulfilment", status=201
    ),
    "list_feeds": Case("stock.feed", "GET", "/staff/suppliers/{supplier}/feeds", by="fulfilment"),
    "list_freight_templates": Case("products.edit", "GET", "/staff/freight", by="merchandiser"),
    "save_freight_template": Case("products.edit", "PUT", "/staff/freight/light", ZONES, by="merchandiser"),
    # Staff: running
    "list_settings": Case("policy.view", "GET", "/staff/settings", by="analyst"),
    "list_setting_history": Case("policy.view", "GET", "/staff/settings/stock.low/history", by="analyst"),
    "change_setting": Case("settings.change", "PUT", "/staff/settings/stock.low", {"value": 7, "reason": "a test"}, by="owner"),
    "list_rules": Case("policy.view", "GET", "/staff/rules", by="analyst"),
    "advise": Case("policy.view", "POST", "/staff/advice", ADVICE, by="analyst"),
    "audit": Case("audit.view", "GET", "/staff/audit", by="auditor"),
    "get_compliance": Case("audit.view", "GET", "/staff/compliance", by="auditor"),
    "list_held_rewards": Case("rewards.decide", "GET", "/staff/rewards", by="finance"),
    "release_reward": Case("rewards.decide", "POST", "/staff/rewards/{held_reward}/release", ANSWER, by="finance"),
    "refuse_reward": Case("rewards.decide", "POST", "/staff/rewards/{held_reward}/refuse", ANSWER, by="service"),
    "list_acts": Case("log.view", "GET", "/staff/log?object_type=webhook", by="auditor"),
    "get_trial_balance": Case("audit.view", "GET", "/staff/audit/balance", by="auditor"),
    "download_journal": Case("audit.view", "GET", "/staff/audit/journal", by="auditor"),
    "list_alerts": Case(f"audit.view {DEALERS}", "GET", "/staff/alerts", by="auditor"),
    "resolve_alert": Case("stock.feed", "POST", "/staff/alerts/{alert}/resolve", {"note": "looked at it"}, by="fulfilment"),
    "list_figures": Case("figures.view", "GET", "/staff/figures", by="analyst"),
    "get_figure": Case("figures.view", "GET", "/staff/figures/sales?first=2026-03-01&last=2026-03-31", by="analyst"),
    "list_figure_rows": Case("figures.view", "GET", "/staff/figures/sales/rows", by="analyst"),
    "list_staff": Case("staff.manage", "GET", "/staff/people", by="owner"),
    "create_staff": Case("staff.manage", "POST", "/staff/people", STAFF, by="owner", status=201),
    "set_roles": Case("staff.manage", "PUT", "/staff/people/{colleague}/roles", {"roles": ["auditor"]}, by="owner", status=204),
    "set_staff_active": Case(
        "staff.manage", "PUT", "/staff/people/{colleague}/active", {"is_active": False}, by="owner", status=204
    ),
    "reset_second_factor": Case("staff.manage", "POST", "/staff/people/{colleague}/reset-second-factor", by="owner", status=204),
    # Staff: campaigns
    "list_plays": Case("campaigns.view", "GET", "/staff/plays", by="analyst"),
    "list_campaigns": Case("campaigns.view", "GET", "/staff/campaigns?status=launched", by="analyst"),
    "compose_campaign": Case("campaigns.manage", "POST", "/staff/campaigns", CAMPAIGN, by="merchandiser", status=201),
    "get_campaign": Case("campaigns.view", "GET", "/staff/campaigns/{campaign}", by="analyst"),
    "change_campaign": Case(
        "campaigns.manage", "PATCH", "/staff/campaigns/{campaign}", {"title_zh": "新名字"}, by="merchandiser"
    ),
    "list_findings": Case("campaigns.view", "GET", "/staff/campaigns/{campaign_objected}/findings", by="analyst"),
    "list_campaign_versions": Case("campaigns.view", "GET", "/staff/campaigns/{campaign}/versions", by="analyst"),
    "get_campaign_figures": Case("campaigns.view", "GET", "/staff/campaigns/{campaign_running}/figures", by="analyst"),
    "list_experiments": Case("figures.view", "GET", "/staff/experiments?status=running", by="analyst"),
    "get_experiment": Case("figures.view", "GET", "/staff/experiments/{experiment}", by="analyst"),
    "get_experiment_result": Case("figures.view", "GET", "/staff/experiments/{experiment_running}/result", by="analyst"),
    "get_spread": Case("campaigns.view", "GET", "/staff/campaigns/{campaign_running}/spread", by="analyst"),
    "list_seeds": Case("campaigns.manage", "GET", "/staff/campaigns/{campaign_running}/seeds", by="merchandiser"),
    "launch_campaign": Case("campaigns.manage", "POST", "/staff/campaigns/{campaign}/launch", by="merchandiser"),
    "approve_campaign": Case(
        "campaigns.approve", "POST", "/staff/campaigns/{campaign_waiting}/approve", {"seen": 1, **WHY}, by="owner"
    ),
    "send_campaign_back": Case("campaigns.approve", "POST", "/staff/campaigns/{campaign_waiting}/send-back", WHY, by="owner"),
    "pause_campaign": Case("campaigns.manage", "POST", "/staff/campaigns/{campaign_running}/pause", by="merchandiser"),
    "resume_campaign": Case("campaigns.manage", "POST", "/staff/campaigns/{campaign_paused}/resume", by="merchandiser"),
    "stop_campaign": Case("campaigns.manage", "POST", "/staff/campaigns/{campaign_running}/stop", WHY, by="merchandiser"),
    "get_published_scene": Case("anyone", "GET", "/scenes/{scene_published}", by="guest"),
    "list_scenes": Case("campaigns.view", "GET", "/staff/scenes", by="analyst"),
    "compose_scene": Case("campaigns.manage", "POST", "/staff/scenes", SCENE, by="merchandiser", status=201),
    "add_scene_picture": Case(
        "campaigns.manage", "POST", "/staff/scenes/pictures", {"picture": "{picture}"}, by="merchandiser", status=201
    ),
    "get_scene": Case("campaigns.view", "GET", "/staff/scenes/{scene_id}", by="analyst"),
    "change_scene": Case(
        "campaigns.manage", "PUT", "/staff/scenes/{scene_id}", SCENE | {"slug": "autumn-tea", "seen": 1}, by="merchandiser"
    ),
    "publish_scene": Case("campaigns.manage", "POST", "/staff/scenes/{scene_id}/publish", by="merchandiser"),
    "withdraw_scene": Case("campaigns.manage", "POST", "/staff/scenes/{scene_id}/withdraw", WHY, by="merchandiser"),
    # Keys and webhooks
    "list_tokens": Case("person", "GET", "/tokens"),
    "create_token": Case("person", "POST", "/tokens", {"name": "a key"}, status=201),
    "revoke_token": Case("own:member", "DELETE", "/tokens/{token}", status=204),
    "list_events": Case("api.manage", "GET", "/webhooks/events", by="owner"),
    "list_webhooks": Case("api.manage", "GET", "/webhooks", by="owner"),
    "add_webhook": Case("api.manage", "POST", "/webhooks", HOOK, by="owner", status=201),
    "stop_webhook": Case("api.manage", "DELETE", "/webhooks/{webhook}", by="owner", status=204),
    "list_deliveries": Case("api.manage", "GET", "/webhooks/{webhook}/deliveries", by="owner"),
    "repeat_delivery": Case("api.manage", "POST", "/webhooks/deliveries/{delivery}/repeat", by="owner", status=204),
}

ACCESS.update(POSTS)
for _cases in of_plays("ACCESS"):
    ACCESS.update(_cases)
