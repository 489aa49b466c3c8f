"""The adviser: agents or direct."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.kernel.errors import DomainError
from renmai.policy.adviser import BEST, ELEMENTS, Readiness, advise

answer = st.integers(min_value=0, max_value=BEST)
readiness = st.builds(Readiness, goods=answer, supply=answer, service=answer, trust=answer, rules=answer)
FULL = Readiness(goods=4, supply=4, service=4, trust=4, rules=4)


def test_a_ready_shop_sells_through_agents() -> None:
    advice = advise(FULL)
    assert (advice.model, advice.missing, advice.points, advice.possible) == ("agent", (), 48, 48)
    assert {str(reason.sentence) for reason in advice.reasons} == {str(element.strong) for element in ELEMENTS}


@pytest.mark.parametrize("key", ["goods", "service", "rules"])
def test_something_essential_cannot_be_made_up_for(key: str) -> None:
    advice = advise(replace(FULL, **{key: 1}))
    assert (advice.model, advice.missing) == ("direct", (key,))
    assert advice.reasons[0].element == key
    weak = next(element.weak for element in ELEMENTS if element.key == key)
    assert str(advice.reasons[0].sentence) == str(weak)


def test_too_little_of_everything_is_too_little() -> None:
    advice = advise(Readiness(goods=2, supply=2, service=3, trust=2, rules=3))
    assert (advice.model, advice.missing, advice.points) == ("direct", (), 28)
    assert advise(Readiness(goods=3, supply=2, service=3, trust=2, rules=4)).model == "agent"


def test_a_network_does_not_replace_trust_in_the_sum_alone() -> None:
    assert advise(replace(FULL, trust=0)).model == "agent"
    assert advise(replace(FULL, trust=0, supply=1)).model == "direct"


@given(readiness, st.sampled_from([element.key for element in ELEMENTS]))
def test_a_better_answer_never_speaks_against_agents(answers: Readiness, key: str) -> None:
    better = replace(answers, **{key: min(BEST, getattr(answers, key) + 1)})
    if advise(answers).model == "agent":
        assert advise(better).model == "agent"
    assert advise(better).points >= advise(answers).points


@given(readiness)
def test_every_verdict_is_explained_element_by_element(answers: Readiness) -> None:
    advice = advise(answers)
    assert {reason.element for reason in advice.reasons} == {element.key for element in ELEMENTS}
    assert all(0 <= reason.points <= reason.possible for reason in advice.reasons)
    losses = [reason.possible - reason.points for reason in advice.reasons]
    assert losses == sorted(losses, reverse=True)
    assert str(advice.summary)


@pytest.mark.parametrize("value", [-1, 5, True, 2.0])
def test_an_answer_outside_the_scale_is_refused_beside_its_element(value: int) -> None:
    with pytest.raises(DomainError) as refusal:
        advise(replace(FULL, trust=value))
    assert (refusal.value.code, refusal.value.field) == ("request.invalid", "trust")
