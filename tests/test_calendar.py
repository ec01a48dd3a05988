"""Every form of a date and a time in docs/format.md is read; what cannot be read says why."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_cli import numerals
from minutes_cli.front import calendar

DAY = datetime.date(2015, 9, 24)

FORMS = [
    "2015-09-24",
    "2015-9-24",
    "2015/9/24",
    "2015/09/24",
    "2015.9.24",
    "20150924",
    "2015年9月24日",
    "西元2015年9月24日",
    "104-09-24",
    "104/9/24",
    "104.9.24",
    "104.09.24",
    "1040924",
    "104年9月24日",
    "104年09月24日",
    "民國104年9月24日",
    "中華民國104年9月24日",
    "中華民國 104 年 9 月 24 日",
    "中華民國一○四年九月二十四日",
    "民國一百零四年九月廿四日",
    "二〇一五年九月二十四日",
    "１０４年９月２４日",
    "１０４／９／２４",
    "104．9．24",
    "104–9–24",
    "　104年9月24日　",
    "0104/09/24",
]
WEEKDAYS = [
    "（星期四）",
    "(星期四)",
    "(四)",
    "（四）",
    "（週四）",
    "(周四)",
    "星期四",
    "週四",
    " 禮拜四",
    "（Thu）",
    "(Thursday)",
    " (四)",
    "［四］",
]


@pytest.mark.parametrize("text", FORMS)
def test_each_form_of_a_date_is_read(text: str) -> None:
    assert calendar.read_date(text) == (DAY, None)
    assert calendar.date_fault(text) is None


@pytest.mark.parametrize("weekday", WEEKDAYS)
@pytest.mark.parametrize("form", ["104年9月24日", "2015-09-24", "104/9/24", "1040924"])
def test_a_weekday_may_follow_in_each_form(form: str, weekday: str) -> None:
    assert calendar.read_date(form + weekday) == (DAY, 3)


@pytest.mark.parametrize(("word", "number"), [*zip("一二三四五六日", range(7), strict=True), ("天", 6), ("ㄧ", 0)])
def test_the_weekday_is_reported_as_typed_even_if_the_calendar_disagrees(word: str, number: int) -> None:
    assert calendar.read_date(f"104年9月24日（星期{word}）") == (DAY, number)


def test_forms_that_recorders_hand_in_are_read() -> None:
    assert calendar.read_date("113/10/1") == (datetime.date(2024, 10, 1), None)
    assert calendar.read_date("1131023") == (datetime.date(2024, 10, 23), None)
    assert calendar.read_date("990924") == (datetime.date(2010, 9, 24), None)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2015-02-30", "2015年2月沒有30日", "2015-02 has no day 30"),
        ("104年2月30日", "104年2月沒有30日", "2015-02 has no day 30"),
        ("104/2/29", "104年2月沒有29日", "2015-02 has no day 29"),
        ("2015-13-01", "沒有13月", "there is no month 13"),
        ("2015-00-10", "沒有0月", "there is no month 0"),
        ("2015-01-00", "2015年1月沒有0日", "2015-01 has no day 0"),
        ("民國2015年9月24日", "沒有民國2015年", "there is no year 民國2015"),
        ("西元104年9月24日", "沒有西元104年", "there is no year 西元104"),
        ("0/9/24", "沒有民國0年", "there is no year 0"),
        ("104年9月24日（星期八）", "沒有「星期八」", "there is no weekday 星期八"),
        ("下週四", "「下週四」讀不出日期", "'下週四' is not a date"),
        ("24/9/2015", "「24/9/2015」讀不出日期", "'24/9/2015' is not a date"),
        ("104/9-24", "「104/9-24」讀不出日期", "'104/9-24' is not a date"),
    ],
)
def test_an_impossible_date_is_none_and_says_why(text: str, zh: str, en: str) -> None:
    assert calendar.read_date(text) is None
    fault = calendar.date_fault(text)
    assert fault is not None
    assert (fault.code, fault.message.zh, fault.message.en) == ("date-unreadable", zh, en)


def test_a_time_behind_the_date_is_sent_to_its_own_field() -> None:
    fault = calendar.date_fault("104年9月24日（星期四）上午9時")
    assert fault is not None
    assert "時間" in fault.message.zh
    assert "「開始」" in fault.hint.zh


def test_leap_days_are_where_the_calendar_has_them() -> None:
    assert calendar.read_date("113年2月29日") == (datetime.date(2024, 2, 29), None)
    assert calendar.read_date("2000-02-29") is not None
    assert calendar.read_date("1900-02-29") is None


TIMES = [
    ("9:00", "09:00"),
    ("09:00", "09:00"),
    ("9：00", "09:00"),
    ("14：00", "14:00"),
    ("１４：００", "14:00"),
    ("14:00:00", "14:00"),
    ("上午9時", "09:00"),
    ("上午 9 時", "09:00"),
    ("早上九點", "09:00"),
    ("上午9時整", "09:00"),
    ("上午9:05", "09:05"),
    ("下午2時30分", "14:30"),
    ("下午2時30", "14:30"),
    ("下午二時三十分", "14:30"),
    ("下午2點半", "14:30"),
    ("下午4:20", "16:20"),
    ("(上午11:30)", "11:30"),
    ("（下午5時30分）", "17:30"),
    ("14時30分", "14:30"),
    ("14時", "14:00"),
    ("1430", "14:30"),
    ("0900", "09:00"),
    ("中午12時", "12:00"),
    ("中午12:30", "12:30"),
    ("中午11時50分", "11:50"),
    ("中午1時", "13:00"),
    ("下午12:30", "12:30"),
    ("下午0時30分", "12:30"),
    ("上午0:30", "00:30"),
    ("凌晨12時30分", "00:30"),
    ("晚上7時", "19:00"),
    ("傍晚5時", "17:00"),
    ("2:00 PM", "14:00"),
    ("9:00am", "09:00"),
    ("p.m. 2:00", "14:00"),
    ("12:00 a.m.", "00:00"),
    ("0:00", "00:00"),
    ("23:59", "23:59"),
    ("拾時", "10:00"),
]


@pytest.mark.parametrize(("text", "iso"), TIMES)
def test_each_form_of_a_time_is_read(text: str, iso: str) -> None:
    found = calendar.read_time(text)
    assert found is not None
    assert f"{found:%H:%M}" == iso
    assert calendar.time_fault(text) is None


@pytest.mark.parametrize(
    ("text", "code", "zh", "en"),
    [
        ("下午14時", "hour-and-period", "寫了「下午」，鐘點卻是 14 時", "下午 does not go with the hour 14"),
        ("下午13:30", "hour-and-period", "寫了「下午」，鐘點卻是 13 時", "下午 does not go with the hour 13"),
        ("上午14:00", "hour-and-period", "寫了「上午」，鐘點卻是 14 時", "上午 does not go with the hour 14"),
        ("中午10時", "hour-and-period", "寫了「中午」，鐘點卻是 10 時", "中午 does not go with the hour 10"),
        ("上午12時", "hour-and-period", "「上午12時」可能是中午，也可能是半夜", "上午 12 may be noon or midnight"),
        ("晚上12時", "hour-and-period", "「晚上12時」可能是中午，也可能是半夜", "晚上 12 may be noon or midnight"),
        ("24:00", "time-unreadable", "一天沒有24時", "there is no hour 24"),
        ("9:60", "time-unreadable", "沒有60分", "there is no minute 60"),
        ("9時75分", "time-unreadable", "沒有75分", "there is no minute 75"),
        (
            "9:00-11:00",
            "time-unreadable",
            "「9:00-11:00」裡有兩個時間，這裡只寫一個",
            "'9:00-11:00' holds two times; this is for one",
        ),
        ("午飯後", "time-unreadable", "「午飯後」讀不出時間", "'午飯後' is not a time"),
        ("9", "time-unreadable", "「9」讀不出時間", "'9' is not a time"),
        ("9:5", "time-unreadable", "「9:5」讀不出時間", "'9:5' is not a time"),
        ("上午9:00 PM", "time-unreadable", "「上午9:00 PM」讀不出時間", "'上午9:00 PM' is not a time"),
    ],
)
def test_an_impossible_time_is_none_and_says_why(text: str, code: str, zh: str, en: str) -> None:
    assert calendar.read_time(text) is None
    fault = calendar.time_fault(text)
    assert fault is not None
    assert (fault.code, fault.message.zh, fault.message.en) == (code, zh, en)
    assert fault.hint.zh
    assert fault.hint.en


def test_dates_and_times_are_written_in_the_words_of_a_profile() -> None:
    form = "中華民國{roc}年{month}月{day}日（{weekday}）{year}-{month:02}-{day:02}"
    assert calendar.date_words(datetime.date(2024, 5, 2), form) == "中華民國113年5月2日（星期四）2024-05-02"
    words = [
        calendar.time_words(datetime.time(*hm), "{period}{hour12}:{minute:02}")
        for hm in ((0, 5), (11, 59), (12, 0), (12, 59), (13, 0))
    ]
    assert words == ["上午0:05", "上午11:59", "下午12:00", "下午12:59", "下午1:00"]
    assert calendar.time_words(datetime.time(9, 5), "{hour:02}{minute:02} {minutes}") == "0905 5分"


@given(
    st.dates(min_value=datetime.date(1912, 1, 1), max_value=datetime.date(2910, 12, 31)),
    st.sampled_from(["/", "-", "."]),
)
def test_any_date_comes_back_from_any_of_its_spellings(day: datetime.date, mark: str) -> None:
    roc, weekday = day.year - calendar.ROC, "一二三四五六日"[day.weekday()]
    numeral = numerals.han(roc) + "年" + numerals.han(day.month) + "月" + numerals.han(day.day) + "日"
    for text in (
        day.isoformat(),
        f"{day.year}{mark}{day.month}{mark}{day.day}",
        f"{roc}{mark}{day.month:02}{mark}{day.day:02}（{weekday}）",
        f"{roc:03}{day.month:02}{day.day:02}",
        calendar.date_words(day, "民國{roc}年{month}月{day}日（{weekday}）"),
        numeral,
    ):
        found = calendar.read_date(text)
        assert found is not None, text
        assert found.date == day, text
        assert found.weekday in (None, day.weekday())


@given(st.times())
def test_any_time_comes_back_from_the_words_it_prints_in(time: datetime.time) -> None:
    minute = time.replace(second=0, microsecond=0, fold=0)
    for form in (
        "{hour:02}:{minute:02}",
        "{period}{hour12}時{minute}分",
        "{period}{hour12}：{minute:02}",
        "{hour:02}{minute:02}",
    ):
        assert calendar.read_time(calendar.time_words(minute, form)) == minute


@given(
    st.text(max_size=30)
    | st.text(alphabet="0123456789年月日時分上下午星期一二三四十百○廿（）()：:/.-　第", max_size=16)
)
def test_any_text_is_read_or_has_a_reason_and_never_both(text: str) -> None:
    assert (calendar.read_date(text) is None) == (calendar.date_fault(text) is not None)
    assert (calendar.read_time(text) is None) == (calendar.time_fault(text) is not None)
