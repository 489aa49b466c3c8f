"""Posts and suggestions as programs write, read, follow and decide them."""

from typing import cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.api.tests.cases import Upload
from renmai.api.tests.street import a_picture
from renmai.api.tests.world import Program, program_of, read, settle_down
from renmai.content.models import PostSale, PostTouch
from renmai.journeys.tests.clips import film, webm
from renmai.journeys.tests.posts import buyer_of, topic
from renmai.journeys.tests.world import agent_with_shop, buy, customer, goods

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def body(product_id: int, **more: object) -> dict[str, object]:
    return {"title": "桃子怎么挑", "text": "看蒂头，闻香味。", "product_ids": [product_id], **more}


def test_from_the_draft_to_a_sale() -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    fruit, author, reader = topic(), program_of(shop.owner), customer()
    reading = program_of(reader.user)
    draft = author.post("/me/posts", body(sku.product_id, topics=[fruit.slug]))
    assert (draft["status"], draft["source"], draft["revision"], draft["pictures"]) == ("draft", "agent", 1, [])
    path = f"/me/posts/{draft['number']}"
    first, second = (author.post(f"{path}/pictures", {"picture": a_picture()})["id"] for _number in range(2))
    ordered = author.put(f"{path}/pictures/order", {"picture_ids": [second, first]})
    assert [row["id"] for row in ordered["pictures"]] == [second, first]
    author.delete(f"{path}/pictures/{first}")
    changed = author.put(path, body(sku.product_id, title="桃子怎么放", topics=[fruit.slug]))
    assert ([row["id"] for row in changed["pictures"]], changed["title"]) == ([second], "桃子怎么放")
    assert Program().refused("GET", f"/posts/{draft['number']}") == (404, "request.not_found")

    assert reading.put(f"/topics/{fruit.slug}/follow") == {"is_followed": True}
    assert author.post(f"{path}/publish")["status"] == "published"
    (found,) = reading.get("/me/feed")["items"]
    assert (found["number"], found["products"][0]["id"], found["shop_code"]) == (draft["number"], sku.product_id, shop.code)
    assert [row["number"] for row in Program().get(f"/posts?by={draft['number']}")["items"]] == [draft["number"]]
    assert [reading.post(f"/posts/{draft['number']}/visits")["is_first_today"] for _twice in range(2)] == [True, False]
    reading.get(f"/products/{sku.product_id}?way=content&post={draft['number']}")
    assert PostTouch.objects.get().user == reader.user
    buy(reader, [(sku, 1)])
    settle_down(1)
    assert PostSale.objects.get().post.number == draft["number"]
    assert author.get("/me/posts")["items"][0]["figures"] == {"looks": 1, "readers": 1, "opened": 1, "orders": 1, "kept_fen": 0}

    assert author.post(f"{path}/withdraw")["status"] == "withdrawn"
    assert Program().refused("GET", f"/posts/{draft['number']}") == (410, "content.withdrawn")
    assert author.refused("PUT", path, body(sku.product_id)) == (409, "content.state")


def test_a_video_is_sent_as_a_form_and_waits_for_a_second_look() -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    author, desk = program_of(shop.owner), program_of(make_staff())
    number = author.post("/me/posts", body(sku.product_id))["number"]
    path = f"/me/posts/{number}"
    draft = author.post(f"{path}/video", Upload("video", film(seconds=4)))
    assert (draft["video"]["milliseconds"], draft["video"]["url"].endswith(".mp4"), draft["revision"]) == (4000, True, 2)
    assert author.post(f"{path}/video", Upload("video", webm()))["video"]["url"].endswith(".webm")
    refused = author.send("POST", f"{path}/video", Upload("video", b"no video"))
    assert (refused.status_code, read(refused)["code"], read(refused)["field"]) == (400, "content.video_format", "video")
    assert author.refused("POST", f"{path}/video", Upload("film", film())) == (400, "request.invalid")
    assert author.refused("POST", f"{path}/video", {"video": "aGVsbG8="}) == (400, "request.invalid")
    torn = author.client.generic("POST", f"/api/v1{path}/video", b"x", "multipart/form-data", headers=key_of(author))
    more = {"video": SimpleUploadedFile("v", film()), "title": "x"}
    extra = author.client.post(f"/api/v1{path}/video", more, headers=key_of(author))
    assert [(answer.status_code, read(answer)["code"]) for answer in (torn, extra)] == [(400, "api.form")] * 2
    assert author.put(path, body(sku.product_id, title="桃子怎么放"))["video"]["milliseconds"] == 3000
    waiting = author.post(f"{path}/publish")
    assert waiting["status"] == "review"
    assert author.refused("DELETE", f"{path}/video") == (409, "content.state")
    (found,) = desk.get("/staff/posts?status=review")["items"]
    desk.post(f"/staff/posts/{found['id']}/approve", {"seen": found["revision"]})
    shown = Program().get(f"/posts/{number}")["video"]
    sent = cast("StreamingHttpResponse", Program().client.get(shown["url"]))
    assert (sent.headers["Content-Type"], b"".join(sent.streaming_content)[:4]) == ("video/webm", webm()[:4])  # type: ignore[arg-type]


def key_of(program: Program) -> dict[str, str]:
    return {"Authorization": f"Bearer {program.token}"}


def test_pages_are_counted() -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    author = program_of(shop.owner)
    numbers: list[str] = []
    for place in range(20):
        number = author.post("/me/posts", body(sku.product_id, title=f"第 {place} 篇"))["number"]
        author.post(f"/me/posts/{number}/publish")
        numbers.insert(0, number)
    first, second = Program().get("/posts"), Program().get("/posts?page=2")
    assert ([row["number"] for row in first["items"]], first["has_next"]) == (numbers, False)
    assert (second["items"], second["page"]) == ([], 2)


def test_what_a_rule_forbids_is_refused_at_its_field_and_listed() -> None:
    (sku,) = goods()
    author = program_of(buyer_of(sku).user)
    draft = author.post("/me/posts", body(sku.product_id, text="全国第一的桃子，包治百病"))
    path = f"/me/posts/{draft['number']}"
    answer = author.send("POST", f"{path}/publish", {}, **ENGLISH)
    said = read(answer)
    assert (answer.status_code, said["code"], said["field"]) == (409, "content.refused_by_policy", "text")
    found = author.get(f"{path}/findings", **ENGLISH)["items"]
    assert {row["place"] for row in found} == {"text"}
    assert said["details"]["rule"] in {row["rule"] for row in found if row["outcome"] == "refuse"}
    assert "全国第一的桃子，包治百病"[found[0]["start"] : found[0]["end"]] == found[0]["fragment"]
    assert author.refused("POST", "/me/posts", body(sku.product_id, topics=["no-such"])) == (400, "content.topics")


def test_the_second_look_is_at_what_was_seen() -> None:
    (sku,) = goods()
    who, first, second = buyer_of(sku), program_of(make_staff(Role.MERCHANDISER)), program_of(make_staff())
    author = program_of(who.user)
    number = author.post("/me/posts", body(sku.product_id))["number"]
    author.post(f"/me/posts/{number}/pictures", {"picture": a_picture()})
    assert author.post(f"/me/posts/{number}/publish")["status"] == "review"
    (waiting,) = first.get("/staff/posts?status=review")["items"]
    path, seen = f"/staff/posts/{waiting['id']}", {"seen": waiting["revision"]}
    back = second.post(f"{path}/send-back", seen | {"reason": "the picture is dark"})
    assert (back["status"], back["answer"]) == ("draft", "the picture is dark")
    author.put(f"/me/posts/{number}", body(sku.product_id, text="说实话，没有上次的甜。"))
    author.post(f"/me/posts/{number}/publish")
    assert first.refused("POST", f"{path}/approve", seen) == (409, "content.changed_since")
    done = first.post(f"{path}/approve", {"seen": first.get(path)["revision"]})
    assert (done["status"], done["looked_by"] != "", done["text"]) == ("published", True, "说实话，没有上次的甜。")


def test_the_shop_writes_in_its_own_name_and_changes_nobody_elses() -> None:
    (sku,) = goods()
    staff, member = program_of(make_staff()), program_of(buyer_of(sku).user)
    made = staff.post("/staff/posts", body(sku.product_id))
    staff.post(f"/staff/posts/{made['id']}/pictures", {"picture": a_picture()})
    assert staff.post(f"/staff/posts/{made['id']}/publish")["status"] == "published"
    shown = Program().get(f"/posts/{made['number']}")
    assert (shown["source"], shown["author_name"], len(shown["pictures"])) == ("official", "", 1)
    assert "written_by" not in shown
    number = member.post("/me/posts", body(sku.product_id))["number"]
    member.post(f"/me/posts/{number}/publish")
    hers = next(row for row in staff.get("/staff/posts")["items"] if row["number"] == number)
    assert staff.refused("PUT", f"/staff/posts/{hers['id']}", body(sku.product_id)) == (409, "content.state")
    staff.post(f"/staff/posts/{hers['id']}/withdraw", {"seen": hers["revision"], "reason": "it is about other goods"})
    assert member.get(f"/me/posts/{number}")["answer"] == "it is about other goods"


def test_a_suggestion_from_its_words_to_the_changed_product() -> None:
    (sku,) = goods()
    hers, desk = program_of(customer().user), program_of(make_staff(Role.MERCHANDISER))
    made = hers.post(f"/products/{sku.product_id}/suggestions", {"text": "A smaller box would fit my shelf."})
    assert (made["status"], made["changed_product_id"]) == ("open", None)
    assert hers.refused("POST", f"/products/{sku.product_id}/suggestions", {"text": "bad"}) == (400, "ordering.suggestion_text")
    path = f"/staff/suggestions/{made['id']}"
    assert desk.get("/staff/suggestions?status=open")["items"][0]["id"] == made["id"]
    assert desk.post(f"{path}/answer", {"answer": "We ask the maker."})["status"] == "answered"
    early = {"answer": "Yes.", "product_id": sku.product_id, "since": "2020-01-01"}
    assert desk.refused("POST", f"{path}/take-up", early) == (400, "ordering.suggestion_since")
    desk.post(f"{path}/take-up", {"answer": "There is one now.", "product_id": sku.product_id})
    (own,) = hers.get("/me/suggestions")["items"]
    assert (own["status"], own["answer"], own["changed_product_id"]) == ("taken_up", "There is one now.", sku.product_id)
    assert desk.refused("POST", f"{path}/decline", {"answer": "No."}) == (409, "ordering.suggestion_state")
