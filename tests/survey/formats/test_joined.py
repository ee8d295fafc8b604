"""Joined cells: what was joined comes out again, and what is no option is handed back whole."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from survey.formats.joined import JoinedReader, holds_several, propose_options
from survey.formats.names import plain

MANAGER = "Resource manager (SLURM, PBS, SGE, LSF or similar)"


def test_an_option_that_holds_the_separator_is_one_option():
    reader = JoinedReader(["SSH", "PBS", MANAGER], ", ")
    assert reader.read(f"SSH, {MANAGER}").places == (0, 2)
    assert reader.read(f"{MANAGER}, PBS").places == (2, 1)


def test_what_is_no_option_comes_back_as_it_stands():
    reading = JoinedReader(["SSH", MANAGER], ", ").read(f"SSH, by hand, on Sundays, {MANAGER}")
    assert reading.places == (0, 1)
    assert reading.left == ("by hand, on Sundays",)


def test_labels_joined_by_spaces_are_matched_the_longest_first():
    reader = JoinedReader(["Julius", "Julius Caesar", "Tiberius"], " ")
    assert reader.read("Julius Caesar Tiberius").places == (1, 2)
    assert not reader.read("Julius Caesar Tiberius").ambiguous


def test_the_reading_that_leaves_nothing_over_goes_before_the_longest_option():
    reader = JoinedReader(["a, b, c", "a, b", "c, d"], ", ")
    assert reader.read("a, b, c, d").places == (1, 2)


def test_a_cell_that_can_be_read_in_two_ways_says_so():
    reading = JoinedReader(["a, b", "a", "b"], ", ").read("a, b")
    assert (reading.places, reading.ambiguous) == ((0,), True)


def test_either_language_and_any_case_or_space_name_an_option():
    reader = JoinedReader([("Ash, dry", "Зола, сухая"), "Coal"], ", ")
    assert reader.read("coal, зола,  сухая").places == (1, 0)


def test_options_that_differ_by_case_only_are_told_apart():
    reader = JoinedReader(["xarray", "Xarray"], ";")
    assert reader.read("Xarray").places == (1,)


def test_options_that_end_with_the_separator_s_sign_are_found():
    assert JoinedReader(["other,", "b"], ", ").read("other,, b").places == (0, 1)


def test_an_empty_cell_holds_nothing():
    assert JoinedReader(["a"], ", ").read("  ").places == ()


texts = (
    st.text(alphabet="абв a,;(", min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda t: t.strip(" ,;"))
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(texts, min_size=1, max_size=6, unique_by=plain),
    st.sampled_from([", ", ";", " "]),
    st.data(),
)
def test_any_options_joined_are_read_back(options, separator, data):
    chosen = data.draw(st.lists(st.sampled_from(range(len(options))), unique=True, min_size=1))
    reading = JoinedReader(options, separator).read(separator.join(options[k] for k in chosen))
    assert not reading.left
    assert reading.ambiguous or set(reading.places) == set(chosen)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(texts, min_size=1, max_size=5, unique_by=plain), texts, st.sampled_from([", ", ";"])
)
def test_words_of_one_s_own_are_never_lost(options, own, separator):
    known = {plain(part) for option in options for part in option.split(separator)}
    assume(not {plain(part) for part in own.split(separator)} & (known | {""}))
    reading = JoinedReader(options, separator).read(separator.join([*options, own]))
    assert plain(own) in {plain(text) for text in reading.left}
    assert set(range(len(options))) == set(reading.places) or reading.ambiguous


def test_proposed_options_keep_what_stands_in_one_bracket_together():
    cells = [f"SSH, {MANAGER}", MANAGER, "SSH", "SSH, by hand"]
    assert propose_options(cells, ", ") == ("SSH", MANAGER)


def test_proposed_options_keep_together_what_never_stands_apart():
    cells = ["All the time, even asleep"] * 3 + ["All the time, even asleep, Now"] * 3 + ["Now"] * 2
    assert propose_options(cells, ", ") == ("All the time, even asleep", "Now")


def test_a_bracket_that_never_closes_does_not_swallow_the_cell():
    assert propose_options(["a (, b", "b", "a (, b"], ", ") == ("b", "a (")


def test_one_choice_whose_label_holds_a_comma_is_not_taken_for_several():
    assert not holds_several(["Never", "Yes, often", "Yes, often", "Never"] * 2, ", ")


def test_free_text_with_commas_is_not_taken_for_several():
    cells = [
        "pandas, numpy",
        "we use numpy, mostly",
        "arrow, duckdb, pandas",
        "none, really",
        "sql",
    ]
    assert not holds_several(cells, ", ")


def test_a_column_of_several_options_is_taken_for_one():
    assert holds_several(["a, b", "b", "a, c", "c, b", "b, c"], ", ")
