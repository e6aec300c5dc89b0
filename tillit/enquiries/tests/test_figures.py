"""The answers as figures: counted, added and compared; small groups of persons are hidden."""

import pytest
from django.utils import timezone

from tillit.enquiries.figures import figures_of
from tillit.enquiries.models import Answer, Enquiry
from tillit.enquiries.tests.factories import AskedFactory, EnquiryFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def answered(question, values, enquiry=None):
    for value in values:
        asked = AskedFactory(enquiry=enquiry or question.enquiry, answered_at=timezone.now())
        Answer.objects.create(asked=asked, question=question, value=value)


def figure(question):
    return next(it for it in figures_of(question.enquiry) if it.question == question)


def counts(found):
    return {
        str(point.label): int(point.beside) if point.beside else None
        for point in found.chart.all_series[0].points
    }


def make(kind, **more):
    return QuestionFactory(
        kind=kind, alternatives=["A", "B", "C"] if kind in {"one", "several"} else [], **more
    )


def test_alternatives_are_counted():
    question = make("several")
    answered(question, [["A", "B"], ["A"], ["C", "A"]])
    assert counts(figure(question)) == {"A": 3, "B": 1, "C": 1}
    assert figure(question).answered == 3


def test_yes_and_no_are_counted():
    question = make("yes_no")
    answered(question, [True, True, False])
    assert list(counts(figure(question)).values()) == [2, 1]


def test_numbers_have_a_sum_and_a_median():
    question = make("number")
    answered(question, ["10", "1.5", "100"])
    assert [value for _name, value in figure(question).facts] == [pytest.approx(111.5), 10]


def test_no_answers_are_no_figures():
    for kind in ("number", "one", "text"):
        question = make(kind)
        assert figure(question).answered == 0
        assert figure(question).facts == []


def test_what_has_not_been_sent_is_not_counted():
    question = make("number")
    Answer.objects.create(
        asked=AskedFactory(enquiry=question.enquiry), question=question, value="7"
    )
    assert figure(question).answered == 0


def test_last_year_stands_beside():
    former = make("one", enquiry=EnquiryFactory(year=2025))
    question = make("one", same_as=former)
    answered(former, ["A", "B"])
    answered(question, ["B"])
    series = figure(question).chart.all_series
    assert [it.title for it in series] == ["2026, 1 svar", "2025, 2 svar"]
    assert [[it.beside for it in one.points] for one in series] == [
        ["0", "1", "0"],
        ["1", "1", "0"],
    ]
    former = make("number", enquiry=EnquiryFactory(year=2025))
    question = make("number", same_as=former)
    answered(former, ["2", "4"])
    answered(question, ["10"])
    assert [value for _name, value in figure(question).facts] == [10, 10, 6, 3]


class TestPersons:
    def test_few_answers_tell_nothing(self):
        for kind, value in (("number", "3"), ("one", "A")):
            question = make(kind, concerns_persons=True)
            answered(question, [value] * 4)
            found = figure(question)
            assert found.is_hidden
            assert not found.facts
            assert found.chart is None
            answered(question, [value])
            assert not figure(question).is_hidden

    def test_small_groups_are_hidden(self):
        question = make("several", concerns_persons=True)
        answered(question, [["A"]] * 6 + [["B"]] * 2)
        assert counts(figure(question)) == {"A": 6, "B": None, "C": 0}
        hidden = figure(question).chart.all_series[0].points[1]
        assert "5" in hidden.in_words

    def test_one_that_could_be_worked_out_takes_another_with_it(self):
        question = make("one", concerns_persons=True)
        answered(question, ["A"] * 9 + ["B"] * 6 + ["C"])
        assert counts(figure(question)) == {"A": 9, "B": None, "C": None}

    def test_few_answers_of_last_year_are_not_beside(self):
        former = make("number", enquiry=EnquiryFactory(year=2025), concerns_persons=True)
        question = make("number", same_as=former, concerns_persons=True)
        answered(former, ["2"] * 4)
        answered(question, ["10"] * 5)
        assert len(figure(question).facts) == 2


def test_the_page_shows_charts_with_their_figures(cast, story):
    question = QuestionFactory(
        enquiry=story.enquiry, kind="one", alternatives=["Kultur", "Idrott"], text="Vad?"
    )
    text = QuestionFactory(enquiry=story.enquiry, text="Vad mer?")
    answered(question, ["Kultur", "Kultur"], story.enquiry)
    page = cast.coordinator.get("/arsfragor/fragan/siffror/").content.decode()
    assert 'class="bars"' in page
    assert "Kultur" in page
    assert text.text in page
    assert "/arsfragor/fragan/svar/" in page


def test_many_answers_cost_no_more_questions(django_assert_max_num_queries):
    enquiry = EnquiryFactory()
    for kind in ("text", "number", "yes_no", "one", "several") * 2:
        question = make(kind, enquiry=enquiry)
        value = {"text": "x", "number": "1", "yes_no": True, "one": "A", "several": ["A"]}[kind]
        answered(question, [value] * 3)
    with django_assert_max_num_queries(3):
        figures_of(Enquiry.objects.get(pk=enquiry.pk))


def test_years_are_compared_by_shares_of_those_who_answered():
    former = make("one", enquiry=EnquiryFactory(year=2025))
    question = make("one", enquiry=EnquiryFactory(year=2026), same_as=former)
    answered(question, ["A", "B"])
    answered(former, ["A", "A", "B", "C"])
    this_year, earlier = figure(question).chart.all_series
    assert [point.value for point in this_year.points] == [50, 50, 0]
    assert [point.value for point in earlier.points] == [50, 25, 25]
    assert [point.in_words for point in earlier.points] == ["50 (2)", "25 (1)", "25 (1)"]
    assert str(earlier.title) == "2025, 4 svar"
