"""Addresses of content: posts and topics."""

from django.urls import URLPattern, path

from renmai.web.console.views import post_pictures, posts

POST = "content/<row:post_id>/"

urlpatterns: list[URLPattern] = [
    path("content/", posts.posts, name="posts"),
    path("content/new/", posts.post_new, name="post_new"),
    path("content/topics/", posts.topics, name="topics"),
    path("content/topics/<row:topic_id>/", posts.topic, name="topic"),
    path(POST, posts.post, name="post"),
    path(f"{POST}edit/", posts.post_edit, name="post_edit"),
    path(f"{POST}pictures/", post_pictures.post_pictures, name="post_pictures"),
    path(f"{POST}pictures/<row:picture_id>/move/", post_pictures.post_picture_move, name="post_picture_move"),
    path(f"{POST}pictures/<row:picture_id>/remove/", post_pictures.post_picture_remove, name="post_picture_remove"),
    path(f"{POST}video/remove/", post_pictures.post_video_remove, name="post_video_remove"),
    path(f"{POST}publish/", posts.post_publish, name="post_publish"),
    path(f"{POST}approve/", posts.post_approve, name="post_approve"),
    path(f"{POST}send-back/", posts.post_send_back, name="post_send_back"),
    path(f"{POST}withdraw/", posts.post_withdraw, name="post_withdraw"),
]
