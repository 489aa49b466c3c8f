"""Addresses of the pages about what is sold: figures, orders, parcels, claims, withdrawals, agents, attribution."""

from django.urls import URLPattern, path

from renmai.web.console.views import after_sales, agents, attribution, counter, dashboard, orders, shipments, withdrawals

urlpatterns: list[URLPattern] = [
    path("", dashboard.dashboard, name="dashboard"),
    path("figures/<slug:key>/", dashboard.figure, name="figure"),
    path("search/", orders.search, name="search"),
    path("counter/", counter.counter_sale, name="counter"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/refunds/<int:refund_id>/retry/", orders.retry_refund, name="refund_retry"),
    path("orders/<str:number>/hand-over/", shipments.hand_over, name="hand_over"),
    path("parcels/", shipments.shipments, name="shipments"),
    path("parcels/template.csv", shipments.template, name="shipments_template"),
    path("parcels/batch/", shipments.batch, name="shipments_batch"),
    path("parcels/<row:shipment_id>/ship/", shipments.ship, name="ship"),
    path("parcels/<row:shipment_id>/delivered/", shipments.delivered, name="delivered"),
    path("after-sales/", after_sales.after_sales, name="after_sales"),
    path("after-sales/<str:number>/", after_sales.after_sale, name="after_sale"),
    path("after-sales/<str:number>/approve/", after_sales.approve, name="after_sale_approve"),
    path("after-sales/<str:number>/reject/", after_sales.reject, name="after_sale_reject"),
    path("after-sales/<str:number>/goods-back/", after_sales.goods_back, name="after_sale_goods_back"),
    path("withdrawals/", withdrawals.withdrawals, name="withdrawals"),
    path("withdrawals/<row:withdrawal_id>/", withdrawals.withdrawal, name="withdrawal"),
    path("withdrawals/<row:withdrawal_id>/review/", withdrawals.review, name="withdrawal_review"),
    path("withdrawals/<row:withdrawal_id>/approve/", withdrawals.approve, name="withdrawal_approve"),
    path("withdrawals/<row:withdrawal_id>/reject/", withdrawals.reject, name="withdrawal_reject"),
    path("agents/", agents.agents, name="agents"),
    path("agents/<row:agent_id>/", agents.agent, name="agent"),
    path("agents/<row:agent_id>/leader/", agents.set_leader, name="agent_leader"),
    path("agents/<row:agent_id>/suspend/", agents.suspend, name="agent_suspend"),
    path("agents/<row:agent_id>/reactivate/", agents.reactivate, name="agent_reactivate"),
    path("attribution/", attribution.attribution, name="attribution"),
]
