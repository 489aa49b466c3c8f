"""Writes of matching: what agents require and answer, what customers hide, what is demoted, and the sweeps that make lists ahead."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from renmai.accounts.actions import log_act
from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import Consent, User
from renmai.catalogue.models import Category, Product, Supplier
from renmai.content import queries as content
from renmai.insight.experiments import queries as experiments
from renmai.insight.experiments.queries import Foreseen
from renmai.insight.portraits.queries import fulfils
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert
from renmai.kernel.states import advance
from renmai.matching import segment_lists, selections
from renmai.matching.fitted import files
from renmai.matching.models import Comparison, Demotion, Requirements, Selection, Verdict
from renmai.matching.policies import require_manager, require_seller
from renmai.matching.queries import ForMember
from renmai.matching.selections import Kept
from renmai.matching.wishes import Wishes
from renmai.policy import queries as policy
from renmai.sharing import actions as sharing
from renmai.sharing.models import Shop, ShopItem

MOST_CHOSEN: Final = 100
WHY_LENGTH: Final = range(2, 201)
COMPARED_EVERY: Final = timedelta(days=1)
REFITTED_EVERY: Final = timedelta(days=1)
AGENTS_AT_ONCE: Final = 50
WAITS_FOR_POSTS: Final = timedelta(hours=2)
"""The lists of agents are made anew so long after they were made if a post has been published since, so that it comes into the library."""

FOR_MEMBERS, FOR_AGENTS = "chosen.strategy", "advice.strategy"
"""The switches of experiments on strategies."""

AS_SET: Final = "setting"
Audience = Selection.Audience


def require_goods(agent: User, wishes: Wishes) -> Requirements:
    """Keep an agent's selection requirements; what breaks them leaves her list at once, and the list is made anew.

    Raises ``request.forbidden`` for somebody without a shop, ``matching.band`` when the prices are the wrong way round, and
    ``matching.requirement`` for more than ``MOST_CHOSEN`` of a kind or for what does not exist.
    """
    require_seller(agent)
    _check(wishes)
    fields = {
        "categories": sorted(wishes.categories),
        "brands": sorted(wishes.brands),
        "suppliers": sorted(wishes.suppliers),
        "ship_from": sorted(wishes.ship_from),
        "minimum_fen": wishes.minimum_fen,
        "maximum_fen": wishes.maximum_fen,
        "commission_points": wishes.commission_points,
        "return_points": wishes.return_points,
        "changed_at": clock.now(),
    }
    with transaction.atomic():
        row, _new = Requirements.objects.update_or_create(user=agent, defaults=fields)
        # Nothing may stand on her list for another moment that she no longer wants: an empty list says that it is being made.
        Selection.objects.filter(audience__in=_HERS, subject_id=agent.pk).update(entries=[], due_at=clock.now())
    return row


def accept(agent: User, product: Product, *, on_top: bool = False) -> ShopItem:
    """Take a recommended product into the agent's shop (``on_top``: as its first), and remember that it suited.

    Raises as ``sharing.actions.choose_product``, and ``request.forbidden`` for somebody without a shop.
    """
    shop = require_seller(agent)
    with transaction.atomic():
        item = sharing.choose_product(shop, product)
        if on_top:
            sharing.move_product(shop, product_id=product.pk, move="top")
        _answer(agent, product, Verdict.Side.AGENT, Verdict.Answer.ACCEPTED)
        selections.take_out(product.pk, audience=Audience.AGENT, subject_id=agent.pk)
        selections.make_due(audience__in=_HERS, subject_id=agent.pk)
    return item


def reject(agent: User, product: Product, *, reason: str = "") -> None:
    """Remember that a product is not for this agent; it leaves her lists at once. Raises ``matching.reason``."""
    require_seller(agent)
    if reason not in Verdict.Reason.values:
        raise DomainError("matching.reason", field="reason")
    with transaction.atomic():
        _answer(agent, product, Verdict.Side.AGENT, Verdict.Answer.REJECTED, reason=reason)
        selections.take_out(product.pk, audience__in=[Audience.AGENT, Audience.GROUP], subject_id=agent.pk)


def take_back(agent: User, product: Product) -> bool:
    """Forget what an agent said of a product; False when she had said nothing. It may come back with her next list."""
    deleted, _by_model = Verdict.objects.filter(user=agent, product=product, side=Verdict.Side.AGENT).delete()
    selections.make_due(audience__in=_HERS, subject_id=agent.pk)
    return bool(deleted)


def hide(member: User, product: Product) -> None:
    """Show this product no more on the member's personal lists."""
    with transaction.atomic():
        _answer(member, product, Verdict.Side.CUSTOMER, Verdict.Answer.REJECTED)
        selections.take_out(product.pk, audience=Audience.MEMBER, subject_id=member.pk)


def unhide(member: User, product: Product) -> bool:
    """Let a hidden product be shown again; False when it was not hidden."""
    deleted, _by_model = Verdict.objects.filter(user=member, product=product, side=Verdict.Side.CUSTOMER).delete()
    selections.make_due(audience=Audience.MEMBER, subject_id=member.pk)
    return bool(deleted)


def forget(member: User) -> None:
    """Delete the member's personal list and what she hid: after she withdrew her consent, or asked that nothing be kept."""
    with transaction.atomic():
        Selection.objects.filter(audience=Audience.MEMBER, subject_id=member.pk).delete()
        Verdict.objects.filter(user=member, side=Verdict.Side.CUSTOMER).delete()


def lift_demotion(actor: User, demotion_id: int, *, why: str) -> Demotion:
    """Let a demoted product be recommended again; only orders judged from now on can demote it once more.

    Needs ``matching.manage``. Raises ``request.not_found``, ``matching.why`` and ``matching.not_demoted``.
    """
    require_manager(actor)
    said = " ".join(why.split())
    if len(said) not in WHY_LENGTH:
        raise DomainError("matching.why", field="why")
    row = Demotion.objects.select_related("product").filter(pk=demotion_id).first()
    if row is None:
        raise DomainError("request.not_found")
    counted = _counted_now(row.product_id)
    with transaction.atomic():
        lifted = {"lifted_at": clock.now(), "lifted_by": actor, "why": said, **counted}
        if not advance(Demotion, row.pk, old=Demotion.Status.ACTIVE, new=Demotion.Status.LIFTED, **lifted):
            raise DomainError("matching.not_demoted")
        log_act(actor, "matching.lifted", object_type="product", object_id=row.product_id, detail={"why": said})
        selections.make_due(
            audience__in=[Audience.AGENT, Audience.SHARE, Audience.MEMBER, Audience.EVERYBODY, Audience.SAFE, Audience.SEGMENT]
        )
    row.refresh_from_db()
    return row


def judge_goods(limit: int) -> int:
    """Demote up to ``limit`` goods against which reviews, returns and words speak strongly enough; return how many. A sweep."""
    from renmai.matching import feedback, reading

    shelf = reading.read_shelf()
    if not len(shelf):
        return 0
    shares = feedback.tolerated(shelf.judged, shelf.bad)
    counts = reading.since_lifted(shelf)
    times = feedback.weighed(
        feedback.evidence(counts.judged, counts.bad, tolerated_share=shares),
        feedback.of_words(counts.heard, counts.unwelcome, among=shelf),
    )
    found = feedback.too_bad(times) & ~shelf.is_demoted
    done = 0
    for place in found.nonzero()[0][:limit].tolist():
        done += _demote(
            Demotion(
                product_id=int(shelf.ids[place]),
                judged=int(counts.judged[place]),
                bad=int(counts.bad[place]),
                heard=int(counts.heard[place]),
                unwelcome=int(counts.unwelcome[place]),
                tolerated_points=round(float(shares[place]) * 10_000),
                times=min(int(times[place]), 10**9),
            )
        )
    return done


def refresh_selections(limit: int) -> int:
    """Make lists that are missing or due, for at most ``limit`` people; return for how many. A sweep.

    Everybody's come first. Agents are those with an open shop; members those who agree to personal recommendations now.
    """
    _forget_without_consent()
    everybody = _is_due_for_everybody()
    sellers = _due_sellers(min(limit, AGENTS_AT_ONCE))
    members = _due_members(limit)
    segments = segment_lists.due()
    if not (everybody or sellers or members or segments):
        return 0
    from renmai.matching import making
    from renmai.matching.library import making as library

    stock = making.stocktaking()
    if not len(stock.shelf):
        return 0
    if everybody:
        making.make_for_everybody(stock)
        making.make_goes_with(stock)
    if sellers:
        found = strategies_for([user_id for user_id, _shop_id in sellers], switch=FOR_AGENTS)
        gathered = making.make_for_agents(stock, [making.Seller(*pair) for pair in sellers], strategy_of=_names(found))
        library.make_for_agents(stock, gathered)
        selections.note_experiments(Audience.AGENT, _experiments(found))
    if members:
        found = strategies_for(members, switch=FOR_MEMBERS)
        making.make_for_members(stock, members, strategy_of=_names(found))
        selections.note_experiments(Audience.MEMBER, _experiments(found))
    making.make_for_segments(stock, {each.pk: segment_lists.agreeing(each) for each in segments})
    return len(sellers) + len(members) + len(segments)


def compare_strategies(_limit: int) -> int:
    """Measure the strategies on the shop's own last orders once a day; 1 when it was time, else 0. A sweep."""
    if Comparison.objects.filter(made_at__gt=clock.now() - COMPARED_EVERY).exists():
        return 0
    from renmai.matching import comparing

    found = comparing.compare()
    Comparison.objects.create(held_out_days=found.held_out_days, people=found.people, results=comparing.as_rows(found))
    return 1


def refit(_limit: int) -> int:
    """Choose and fit the model of the lists once a day, or at once when the kept one cannot serve; 1 when it was time, else 0. A sweep.

    Raises ``OSError`` when it cannot be written (a full disk): the model before stays.
    """
    if not _is_refit_due():
        return 0
    from renmai.matching.fitted import refitting

    refitting.refit()
    return 1


def strategies_for(user_ids: Collection[int], *, switch: str) -> dict[int, Foreseen]:
    """Return the strategy that chooses for each of these people, with the experiment that deals it out to her (0: none).

    ``switch`` is ``FOR_MEMBERS`` or ``FOR_AGENTS``. What no experiment deals out and none decided, the setting says. Nobody is counted by
    this: she is when she sees her list (``note_met``).
    """
    setting = policy.text("matching.strategy")
    found = experiments.foreseen(switch, user_ids, belongs=fulfils)
    return {key: replace(each, option=setting) if each.option == AS_SET else each for key, each in found.items()}


def note_met(user: User, found: ForMember | Kept | None, *, switch: str = FOR_MEMBERS) -> None:
    """Count that somebody sees the list that an experiment had made for her. No statement for all other lists."""
    if found is not None and found.experiment_id:
        experiments.met(switch, user=user, experiment_id=found.experiment_id, belongs=fulfils)


def _names(found: Mapping[int, Foreseen]) -> dict[int, str]:
    return {user_id: each.option for user_id, each in found.items()}


def _experiments(found: Mapping[int, Foreseen]) -> dict[int, int]:
    return {user_id: each.experiment_id for user_id, each in found.items()}


_HERS: Final = selections.OF_AGENTS


def _answer(user: User, product: Product, side: str, answer: str, *, reason: str = "") -> None:
    said = {"answer": answer, "reason": reason, "at": clock.now()}
    Verdict.objects.update_or_create(user=user, product=product, side=side, defaults=said)


def _check(wishes: Wishes) -> None:
    lowest, highest = wishes.minimum_fen, wishes.maximum_fen
    if lowest is not None and highest is not None and highest < lowest:
        raise DomainError("matching.band", field="maximum")
    for name, chosen in (("categories", wishes.categories), ("brands", wishes.brands), ("suppliers", wishes.suppliers)):
        if len(chosen) > MOST_CHOSEN:
            raise DomainError("matching.requirement", field=name, says=f"> {MOST_CHOSEN}")
    for name, model, chosen in (("categories", Category, wishes.categories), ("suppliers", Supplier, wishes.suppliers)):
        if len(chosen) != model._default_manager.filter(pk__in=chosen).count():
            raise DomainError("request.invalid", field=name)


def _demote(row: Demotion) -> bool:
    """Write a demotion and take the product off every list at once; False when another worker was faster."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            selections.take_out(row.product_id, audience__in=selections.OF_GOODS)
    except IntegrityError:
        return False
    return True


def _counted_now(product_id: int) -> dict[str, int]:
    """Return the counts of a product as a demotion keeps them; zeros for one that is not on sale."""
    from renmai.matching import reading

    shelf = reading.read_shelf()
    columns = {"judged": shelf.judged, "bad": shelf.bad, "heard": shelf.heard, "unwelcome": shelf.unwelcome}
    places = shelf.places([product_id])
    return {name: int(column[places[0]]) if len(places) else 0 for name, column in columns.items()}


def _is_refit_due() -> bool:
    """Whether the model is a day old, cannot serve by what its manifest says, or could not when lists were last made."""
    try:
        said = files.manifest()
    except files.Unusable:
        return True
    if clock.now() - said.made_at >= REFITTED_EVERY:
        return True
    try:
        files.check(said)
    except files.Unusable as unusable:
        return unusable.fault != files.Fault.NONE_CHOSEN
    return Alert.objects.filter(code=files.ALERT, resolved_at__isnull=True).exists()


def _forget_without_consent() -> None:
    """Delete the lists of members who agree no more: reading has not shown them since, and now they are gone."""
    agrees = Consent.objects.filter(user_id=OuterRef("subject_id"), purpose=Purpose.RECOMMENDATIONS, withdrawn_at__isnull=True)
    Selection.objects.filter(~Exists(agrees), audience=Audience.MEMBER).delete()
    for purpose in (Purpose.BROWSING, Purpose.AGENT_ALERTS):
        tells = Consent.objects.filter(user_id=OuterRef("part"), purpose=purpose, withdrawn_at__isnull=True)
        Selection.objects.filter(~Exists(tells), audience__in=selections.OF_ONE).delete()


def _is_due_for_everybody() -> bool:
    return not Selection.objects.filter(audience=Audience.EVERYBODY, due_at__gt=clock.now()).exists()


def _due_sellers(limit: int) -> list[tuple[int, int]]:
    now = clock.now()
    written = content.newest_at()
    fresh = Selection.objects.filter(audience=Audience.AGENT, subject_id=OuterRef("owner_id"), due_at__gt=now)
    if written is not None:
        fresh = fresh.filter(Q(made_at__gte=written) | Q(made_at__gt=now - WAITS_FOR_POSTS))
    rows = Shop.objects.filter(~Exists(fresh), status=Shop.Status.OPEN).order_by("pk")
    return list(rows.values_list("owner_id", "pk")[:limit])


def _due_members(limit: int) -> list[int]:
    purpose = Purpose.RECOMMENDATIONS
    fresh = Selection.objects.filter(audience=Audience.MEMBER, subject_id=OuterRef("user_id"), due_at__gt=clock.now())
    rows = Consent.objects.filter(
        ~Exists(fresh), purpose=purpose, version=PURPOSES[purpose].version, withdrawn_at__isnull=True, user__is_active=True
    )
    return list(rows.order_by("user_id").values_list("user_id", flat=True)[:limit])


def forget_looks(user_id: int) -> None:
    """Let go of the lists that rested on what somebody looked at: her own goes at once, her agent's are made anew without it."""
    Selection.objects.filter(audience=Audience.MEMBER, subject_id=user_id).delete()
    selections.make_due(audience=Audience.SEGMENT)
    forget_told(user_id)


def forget_told(user_id: int) -> None:
    """Let go of what agents were told of somebody: lists of her alone and her name beside goods at once, what she counted in within seconds."""
    selections.forget_one(user_id)
    selections.unname(user_id)
    selections.make_agents_due(user_id)


def forget_person(user_id: int) -> None:
    """Delete every list that was made for somebody, as a member or an agent; her agent's are made anew without her."""
    forget_looks(user_id)
    Selection.objects.filter(audience__in=_HERS, subject_id=user_id).delete()
