"""The part of the table of who may call what for posts and suggestions."""

from renmai.api.tests.cases import Case, Upload
from renmai.journeys.tests.clips import film

POST = {"title": "桃子怎么放", "text": "蒂头朝下，放阴凉处。", "product_ids": ["{product}"], "topics": ["fruit"]}
TOPIC = {"slug": "tea", "name_zh": "茶"}
SEEN = {"seen": 1}
WHY = {"reason": "looked at every word of it"}

POSTS: dict[str, Case] = {
    # Posts
    "list_topics": Case("anyone", "GET", "/topics", by="guest"),
    "list_posts": Case("anyone", "GET", "/posts?topic=fruit", by="guest"),
    "get_post": Case("anyone", "GET", "/posts/{post}", by="guest"),
    "visit_post": Case("anyone", "POST", "/posts/{post}/visits", by="guest", status=201),
    "follow_author": Case("person", "PUT", "/posts/{post}/follow"),
    "unfollow_author": Case("person", "DELETE", "/posts/{post}/follow"),
    "follow_topic": Case("person", "PUT", "/topics/fruit/follow"),
    "unfollow_topic": Case("person", "DELETE", "/topics/fruit/follow"),
    "list_feed": Case("person", "GET", "/me/feed"),
    "list_follows": Case("person", "GET", "/me/follows"),
    "end_follow": Case("own:member", "DELETE", "/me/follows/{follow}", status=204),
    "list_writable_goods": Case("person", "GET", "/me/writable-goods"),
    "list_own_posts": Case("person", "GET", "/me/posts"),
    "compose_post": Case("person", "POST", "/me/posts", POST, status=201),
    "get_own_post": Case("own:member", "GET", "/me/posts/{post_own}"),
    "change_post": Case("own:member", "PUT", "/me/posts/{post_own}", POST),
    "list_post_findings": Case("own:member", "GET", "/me/posts/{post_objected}/findings"),
    "add_post_picture": Case("own:member", "POST", "/me/posts/{post_own}/pictures", {"picture": "{picture}"}, status=201),
    "order_post_pictures": Case(
        "own:member", "PUT", "/me/posts/{post_own}/pictures/order", {"picture_ids": ["{post_own_picture}"]}
    ),
    "remove_post_picture": Case("own:member", "DELETE", "/me/posts/{post_own}/pictures/{post_own_picture}", status=204),
    "set_post_video": Case("own:member", "POST", "/me/posts/{post_own}/video", Upload("video", film())),
    "remove_post_video": Case("own:member", "DELETE", "/me/posts/{post_own_filmed}/video", status=204),
    "publish_post": Case("own:member", "POST", "/me/posts/{post_own}/publish"),
    "take_post_back": Case("own:member", "POST", "/me/posts/{post_own}/withdraw"),
    # Staff: content
    "list_staff_posts": Case("content.manage", "GET", "/staff/posts?status=review", by="merchandiser"),
    "compose_official_post": Case("content.manage", "POST", "/staff/posts", POST, by="merchandiser", status=201),
    "get_staff_post": Case("content.manage", "GET", "/staff/posts/{post_waiting}", by="merchandiser"),
    "change_official_post": Case("content.manage", "PUT", "/staff/posts/{post_draft}", POST, by="merchandiser"),
    "list_staff_post_findings": Case("content.manage", "GET", "/staff/posts/{post_draft_objected}/findings", by="merchandiser"),
    "add_official_picture": Case(
        "content.manage", "POST", "/staff/posts/{post_draft}/pictures", {"picture": "{picture}"}, by="merchandiser", status=201
    ),
    "order_official_pictures": Case(
        "content.manage",
        "PUT",
        "/staff/posts/{post_draft}/pictures/order",
        {"picture_ids": ["{post_draft_picture}"]},
        by="merchandiser",
    ),
    "remove_official_picture": Case(
        "content.manage", "DELETE", "/staff/posts/{post_draft}/pictures/{post_draft_picture}", by="merchandiser", status=204
    ),
    "set_official_video": Case(
        "content.manage", "POST", "/staff/posts/{post_draft}/video", Upload("video", film()), by="merchandiser"
    ),
    "remove_official_video": Case(
        "content.manage", "DELETE", "/staff/posts/{post_draft_filmed}/video", by="merchandiser", status=204
    ),
    "publish_official_post": Case("content.manage", "POST", "/staff/posts/{post_draft}/publish", by="merchandiser"),
    "approve_post": Case("content.manage", "POST", "/staff/posts/{post_waiting}/approve", SEEN, by="merchandiser"),
    "send_post_back": Case("content.manage", "POST", "/staff/posts/{post_waiting}/send-back", SEEN | WHY, by="merchandiser"),
    "withdraw_post": Case("content.manage", "POST", "/staff/posts/{post_id}/withdraw", SEEN | WHY, by="merchandiser"),
    "list_staff_topics": Case("content.manage", "GET", "/staff/topics", by="merchandiser"),
    "add_topic": Case("content.manage", "POST", "/staff/topics", TOPIC, by="merchandiser", status=201),
    "change_topic": Case("content.manage", "PUT", "/staff/topics/{topic}", TOPIC, by="merchandiser"),
    # Suggestions
    "suggest_about": Case("person", "POST", "/products/{product}/suggestions", {"text": "A lid would be useful."}, status=201),
    "list_suggestions": Case("person", "GET", "/me/suggestions"),
    "list_staff_suggestions": Case("products.edit", "GET", "/staff/suggestions?status=open", by="merchandiser"),
    "get_suggestion": Case("products.edit", "GET", "/staff/suggestions/{suggestion}", by="merchandiser"),
    "answer_staff_suggestion": Case(
        "products.edit", "POST", "/staff/suggestions/{suggestion}/answer", {"answer": "We look into it."}, by="merchandiser"
    ),
    "decline_suggestion": Case(
        "products.edit", "POST", "/staff/suggestions/{suggestion}/decline", {"answer": "It would break."}, by="merchandiser"
    ),
    "take_suggestion_up": Case(
        "products.edit",
        "POST",
        "/staff/suggestions/{suggestion}/take-up",
        {"answer": "There is one now.", "product_id": "{product}"},
        by="merchandiser",
    ),
}
