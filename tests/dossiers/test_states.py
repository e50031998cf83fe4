import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.dossiers import states
from portal.dossiers.errors import IllegalTransition
from portal.dossiers.states import FINAL, LABELS, NATIONAL, TRANSITIONS, State, move


def test_the_ten_national_states_have_their_codes_and_names() -> None:
    assert sorted(NATIONAL.values()) == list(range(1, 11))
    assert all(states.of_code(code) is state for state, code in NATIONAL.items())
    assert set(LABELS) == set(TRANSITIONS) == set(State)
    assert states.of_code(11) is None


@pytest.mark.parametrize(("current", "wanted"), [(3, 9), (10, 4), (1, 4), (1, 9), (9, 4), (7, 2), (8, 4), (2, 3)])
def test_an_illegal_transition_is_refused_with_both_names(current: int, wanted: int) -> None:
    """E13: 3→9, and others that would make nonsense of a log."""
    one, other = states.of_code(current), states.of_code(wanted)
    assert one
    assert other
    with pytest.raises(IllegalTransition) as refused:
        move(one, other)
    told = str(refused.value)
    assert LABELS[one].interpolate() in told
    assert LABELS[other].interpolate() in told


@settings(deadline=None)
@given(st.sampled_from(State), st.sampled_from(State))
def test_a_move_is_legal_exactly_when_the_table_says_so(current: State, wanted: State) -> None:
    if wanted in TRANSITIONS[current]:
        assert move(current, wanted) is wanted
    else:
        with pytest.raises(IllegalTransition):
            move(current, wanted)


def test_every_state_is_reached_and_every_open_one_comes_to_an_end() -> None:
    reached, todo = {State.NEW}, [State.NEW]
    while todo:
        new = TRANSITIONS[todo.pop()] - reached
        reached |= new
        todo += new
    assert reached == set(State)
    assert set(FINAL) == {State.REFUSED, State.WITHDRAWN, State.STOPPED, State.RETURNED}
