"""Addresses of what is on the shelves: products, categories, search, shops, and the links that people share."""

from django.urls import path

from renmai.web.storefront.views import (
    for_you,
    scene,
    share_feedback,
    share_landing,
    share_own,
    shelf_home,
    shelf_lists,
    shelf_product,
    shelf_shop,
    suggestions,
)

urlpatterns = [
    path("", shelf_home.home, name="home"),
    path("discover/", shelf_home.discover, name="discover"),
    path("search/", shelf_lists.search, name="search"),
    path("category/<slug:slug>/", shelf_lists.category, name="category"),
    path("p/<row:product_id>/", shelf_product.product, name="product"),
    path("p/<row:product_id>/choice/", shelf_product.choice, name="choice"),
    path("p/<row:product_id>/reviews/", shelf_product.reviews, name="reviews"),
    path("p/<row:product_id>/suggest/", suggestions.suggestion_new, name="suggestion_new"),
    path("p/<row:product_id>/with/", for_you.goes_with, name="goes_with"),
    path("p/<row:product_id>/hide/", for_you.hide, name="hide"),
    path("for-you/", for_you.for_you, name="for_you"),
    path("for-you/choose/", for_you.choose_for_me, name="choose_for_me"),
    path("safe/", for_you.safe_picks, name="safe_picks"),
    path("p/<row:product_id>/favourite/", shelf_product.favourite, name="favourite"),
    path("p/<row:product_id>/share/", share_own.pass_on, name="pass_on"),
    path("scene/<slug:slug>/", scene.scene, name="scene"),
    path("scene/<slug:slug>/share/", scene.scene_share, name="scene_share"),
    path("s/<slug:code>", share_landing.landing, name="share"),
    path("s/<slug:code>/feedback/", share_feedback.feedback, name="feedback"),
    path("s/<slug:code>/complain/", share_feedback.complain, name="complain"),
    path("s/<slug:code>/poster.png", share_own.poster, name="poster"),
    path("shop/leave/", shelf_shop.leave_shop, name="leave_shop"),
    path("shop/<slug:code>/", shelf_shop.shop, name="shop"),
    path("shop/<slug:code>/share/", share_own.pass_on_shop, name="pass_on_shop"),
]
