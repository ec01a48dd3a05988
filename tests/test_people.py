"""Persons in every form of docs/format.md: what prints is what was typed, what compares is the person."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.front.people import Group, People, bare, is_reference, keys, people, person, same, same_name, split


@pytest.mark.parametrize(
    "text",
    ["馬主任正維(代)", "劉委員嘉凱", "潘君（陳君代）", "周　翊", "許副校長千樹代理", "大華股份有限公司", "John Smith"],
)
def test_text_prints_as_it_was_typed_and_is_never_split_into_surname_and_name(text: str) -> None:
    assert person(text).prints == text
    assert person(text).name == ""


@pytest.mark.parametrize(
    ("parts", "prints"),
    [
        ({"name": "馬正維"}, "馬正維"),
        ({"name": "周　翊"}, "周　翊"),
        ({"name": "馬正維", "title": "主任"}, "馬主任正維"),
        ({"name": "馬正維", "title": "主任", "acting": True}, "馬主任正維（代）"),
        ({"name": "周　翊", "title": "委員"}, "周委員翊"),
        ({"name": "歐陽文", "title": "委員"}, "歐陽委員文"),
        ({"name": "司馬中原", "title": "委員"}, "司馬委員中原"),
        ({"name": "歐陽", "title": "委員"}, "歐委員陽"),
        ({"name": "陳王美麗", "title": "委員"}, "陳王美麗委員"),
        ({"name": "陳王美麗", "title": "委員", "surname": "陳王"}, "陳王委員美麗"),
        ({"name": "正維", "title": "主任", "surname": "馬"}, "馬主任正維"),
        ({"name": "張簡明", "title": "主任", "surname": "張"}, "張主任簡明"),
        ({"name": "馬主任正維", "title": "主任"}, "馬主任正維"),
        ({"name": "谷辣斯・尤達卡", "title": "委員"}, "谷辣斯・尤達卡委員"),
        ({"name": "John Smith", "title": "Director"}, "John Smith Director"),
        ({"name": "馬", "title": "主任"}, "馬主任"),
        ({"name": "潘君", "proxy": "陳君"}, "潘君（陳君代）"),
        ({"name": "馬正維", "mode": "線上"}, "馬正維（線上）"),
        ({"name": "馬正維", "title": "主任", "part": "上午", "note": "公假"}, "馬主任正維（上午）（公假）"),
        ({"name": "馬正維", "title": "主任", "organization": "經濟部", "unit": "資訊中心"}, "經濟部資訊中心馬主任正維"),
        ({"name": "王一", "organization": "IBM"}, "IBM 王一"),
        ({"name": "Ann Lee", "organization": "經濟部"}, "經濟部 Ann Lee"),
        ({"name": "王一", "role": "召集人", "organization": "石門大學"}, "石門大學召集人王一"),
        ({"name": "馬正維", "acting": False, "proxy": "", "note": None}, "馬正維"),
    ],
)
def test_a_person_in_parts_is_put_together(parts: dict[str, Any], prints: str) -> None:
    assert person(parts).prints == prints


def test_a_list_is_one_group_without_a_name() -> None:
    found = people(["馬主任正維(代)", {"name": "劉嘉凱", "title": "委員"}])
    assert found.text == ""
    assert [group.name for group in found.groups] == [""]
    assert [who.prints for who in found.persons] == ["馬主任正維(代)", "劉委員嘉凱"]


def test_a_mapping_is_group_by_group_and_its_values_may_be_text() -> None:
    found = people(
        {
            "委員": ["劉委員嘉凱", {"name": "鄭依桓"}],
            "機關": "王科長一、李技士二",
            "主持": {"name": "馬正維", "acting": True},
        }
    )
    assert [(group.name, [who.prints for who in group.persons]) for group in found.groups] == [
        ("委員", ["劉委員嘉凱", "鄭依桓"]),
        ("機關", ["王科長一", "李技士二"]),
        ("主持", ["馬正維（代）"]),
    ]


def test_a_mapping_with_a_name_is_one_person_unless_the_name_is_a_group() -> None:
    assert [who.prints for who in people({"name": "馬正維", "title": "主任"}).persons] == ["馬主任正維"]
    assert people({"name": ["王一"], "title": ["李二"]}).groups[0].name == "name"


def test_one_text_is_split_at_its_marks_and_never_inside_brackets() -> None:
    assert split("王一、李二（上午、下午）、張三(甲、乙)") == ("王一", "李二（上午、下午）", "張三(甲、乙)")
    assert split("王一\n李二\n") == ("王一", "李二")
    assert split("王一，李二") == split("王一, 李二") == split("王一；李二") == ("王一", "李二")
    assert split("經濟部, 資訊中心王一、李二") == ("經濟部, 資訊中心王一", "李二")
    assert split("（王一、李二") == ("（王一、李二",)
    assert split("、、") == ()


@pytest.mark.parametrize(
    "text",
    [
        "如出席人員簽名冊（附件1）",
        "如出席人員簽名冊(如附件1)",
        "詳簽到表",
        "詳如簽到單",
        "如附",
        "見附件一",
        "如後附名單",
        "出席人員簽到表（附件1）",
        "簽到紀錄如附件1",
        "詳線上簽到紀錄",
    ],
)
def test_a_reference_is_kept_as_text(text: str) -> None:
    assert is_reference(text)
    assert people(text) == People((), text)


@pytest.mark.parametrize(
    "text",
    ["馬主任正維(代)、劉委員嘉凱", "潘君（陳君代）", "王一（詳附件1）", "見習生王一", "如意股份有限公司", "出席12人"],
)
def test_names_are_no_reference(text: str) -> None:
    assert not is_reference(text)
    assert [who.prints for who in people(text).persons] == text.split("、")


@pytest.mark.parametrize(
    "value", [None, 3, True, "", [], {}, [None, 3, ""], {"委員": None}, {"委員": []}, [[["王一"]]]]
)
def test_a_badly_shaped_value_is_nobody_and_no_crash(value: Any) -> None:
    assert people(value).persons == ()


def test_padded_names_and_compatibility_ideographs_compare_equal() -> None:
    assert same_name("周　翊", "周翊")
    assert same_name("周翊（請假）", "周 翊")
    assert same_name("林\uf9d1", "林六")
    assert not same_name("周翊", "周羽")
    assert bare("馬主任正維(代)（線上）") == "馬主任正維"
    assert bare("（代）") == ""


def test_one_person_is_found_whichever_way_both_entries_are_written() -> None:
    typed, parts = person("馬主任正維(代)"), person({"name": "馬正維", "title": "主任"})
    assert same(typed, parts)
    assert same(parts, person("馬正維"))
    assert same(parts, person({"name": "馬　正維", "acting": True}))
    assert not same(typed, person("馬正維")), "text is not split by guess, so these may be two people"
    assert not same(typed, person("馬主任正德"))
    assert keys(person({"name": "馬正維", "title": "主任", "organization": "經濟部"})) == {
        "經濟部馬主任正維",
        "馬主任正維",
        "馬正維",
    }


def test_nobody_is_the_same_as_nobody() -> None:
    assert keys(person("（代）")) == frozenset()
    assert not same(person("（代）"), person("（線上）"))


ANY_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda deeper: (
        st.lists(deeper, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "title", "acting", "委員", "note", ""]), deeper, max_size=3)
    ),
    max_leaves=12,
)


@given(ANY_DATA)
def test_any_data_gives_persons_who_print(value: Any) -> None:
    found = people(value)
    assert all(isinstance(group, Group) and group.persons for group in found.groups)
    assert all(isinstance(key, str) for who in found.persons for key in keys(who))


@given(st.lists(st.text(alphabet="王李張陳一二三四　()（）、", min_size=1, max_size=6), min_size=1, max_size=5))
def test_no_character_of_a_text_is_lost_but_the_marks_between(names: list[str]) -> None:
    text = "、".join(names)
    kept = "".join(split(text))
    assert [c for c in kept if c not in "、　"] == [c for c in text if c not in "、　"]
