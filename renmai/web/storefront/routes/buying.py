"""Addresses of buying: the cart, the checkout, orders and what follows them."""

from django.urls import path

from renmai.web.storefront.views import (
    buying_addresses,
    buying_cart,
    buying_checkout,
    buying_claims,
    buying_orders,
    buying_paying,
    buying_reviews,
)

urlpatterns = [
    path("cart/", buying_cart.cart, name="cart"),
    path("cart/add/", buying_cart.cart_add, name="cart_add"),
    path("cart/change/", buying_cart.cart_change, name="cart_change"),
    path("cart/select/", buying_cart.cart_select, name="cart_select"),
    path("cart/remove/", buying_cart.cart_remove, name="cart_remove"),
    path("cart/restore/", buying_cart.cart_restore, name="cart_restore"),
    path("checkout/", buying_checkout.checkout, name="checkout"),
    path("regions/", buying_addresses.regions, name="regions"),
    path("orders/", buying_orders.orders, name="orders"),
    path("orders/<slug:number>/", buying_orders.order, name="order"),
    path("orders/<slug:number>/pay/", buying_paying.order_pay, name="order_pay"),
    path("orders/<slug:number>/paid/", buying_paying.order_paid, name="order_paid"),
    path("orders/<slug:number>/cancel/", buying_orders.order_cancel, name="order_cancel"),
    path("orders/<slug:number>/received/", buying_orders.order_confirm, name="order_confirm"),
    path("orders/<slug:number>/again/", buying_orders.order_again, name="order_again"),
    path("orders/<slug:number>/after-sale/<row:line_id>/", buying_claims.after_sale_new, name="after_sale_new"),
    path("orders/<slug:number>/review/<row:line_id>/", buying_reviews.review, name="review"),
    path("after-sales/", buying_claims.after_sales, name="after_sales"),
    path("after-sales/<slug:number>/", buying_claims.after_sale, name="after_sale"),
    path("after-sales/<slug:number>/withdraw/", buying_claims.after_sale_withdraw, name="after_sale_withdraw"),
    path("after-sales/<slug:number>/send-back/", buying_claims.after_sale_send_back, name="after_sale_send_back"),
    path("after-sales/<slug:number>/confirm/", buying_claims.after_sale_confirm, name="after_sale_confirm"),
    path("addresses/", buying_addresses.addresses, name="addresses"),
    path("addresses/new/", buying_addresses.address_new, name="address_new"),
    path("addresses/<row:address_id>/", buying_addresses.address_edit, name="address_edit"),
    path("addresses/<row:address_id>/remove/", buying_addresses.address_remove, name="address_remove"),
    path("addresses/<row:address_id>/default/", buying_addresses.address_default, name="address_default"),
]
