"""Every address of the agent's pages."""

from django.urls import path

from renmai.web.workbench.views import (
    advice,
    alerts,
    campaigns,
    customers,
    goods,
    income,
    joining,
    requirements,
    sharing,
    shop,
    today,
    withdrawing,
)

app_name = "workbench"
urlpatterns = [
    path("", today.today, name="today"),
    path("alerts/<row:alert_id>/card/", alerts.alert_card, name="alert_card"),
    path("alerts/<row:alert_id>/share/", alerts.alert_share, name="alert_share"),
    path("alerts/<row:alert_id>/dismiss/", alerts.alert_dismiss, name="alert_dismiss"),
    path("join/", joining.join, name="join"),
    path("share/", sharing.shares, name="shares"),
    path("share/new/", sharing.share_new, name="share_new"),
    path("share/campaigns/", campaigns.campaigns, name="campaigns"),
    path("share/campaigns/<row:campaign_id>/", campaigns.campaign_share, name="campaign_share"),
    path("share/<slug:code>/", sharing.share_detail, name="share_detail"),
    path("share/<slug:code>/poster.png", sharing.poster, name="poster"),
    path("customers/", customers.customers, name="customers"),
    path("customers/<row:customer_id>/", customers.customer, name="customer"),
    path("income/", income.income, name="income"),
    path("income/<row:entry_id>/", income.entry, name="income_entry"),
    path("income/withdraw/", withdrawing.withdraw, name="withdraw"),
    path("income/account/", withdrawing.payout, name="payout"),
    path("income/withdrawals/", withdrawing.withdrawals, name="withdrawals"),
    path("income/withdrawals/<row:withdrawal_id>/", withdrawing.withdrawal, name="withdrawal"),
    path("shop/", shop.shop, name="shop"),
    path("shop/look/", shop.look, name="shop_look"),
    path("shop/status/", shop.status, name="shop_status"),
    path("shop/advice/", advice.advice, name="advice"),
    path("shop/advice/<row:product_id>/accept/", advice.accept, name="advice_accept"),
    path("shop/advice/<row:product_id>/reject/", advice.reject, name="advice_reject"),
    path("shop/advice/<row:product_id>/back/", advice.take_back, name="advice_back"),
    path("shop/requirements/", requirements.requirements, name="requirements"),
    path("shop/goods/", goods.pick, name="shop_goods"),
    path("shop/goods/<row:product_id>/", goods.words, name="shop_words"),
    path("shop/goods/<row:product_id>/choose/", goods.choose, name="shop_choose"),
    path("shop/goods/<row:product_id>/drop/", goods.drop, name="shop_drop"),
    path("shop/goods/<row:product_id>/move/", goods.move, name="shop_move"),
]
