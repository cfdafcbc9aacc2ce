"""Information pages: rules by topic with their official source, competence codes, mutualities."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quittance.belgium.info import book, frame, lists
from quittance.people import access
from quittance.people.acting import PageRequest

LONGEST = 80
OPEN_GROUPS = 4
"""A topic of more groups than these shows them folded."""


def _typed(request: PageRequest) -> str:
    return request.GET.get("q", "")[:LONGEST].strip()


def _answer(request: PageRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or its results alone where htmx asks for them."""
    part = request.htmx and not request.htmx.boosted
    return render(request, f"{name}#results" if part else name, context)


@access.page(power="practice.work")
@require_safe
def index(request: PageRequest) -> HttpResponse:
    """Show topics, lists and official pages; search over every rule."""
    typed = _typed(request)
    topics, pages, cards = book.search(typed, request.acting.today())
    found = {"topics": topics, "pages": pages, "cards": cards.rows, "left": cards.left}
    context = {
        "typed": typed,
        "found": found,
        "topics": frame.topics().values(),
        "pages": [one for one in frame.pages().values() if one.summary],
    }
    return _answer(request, "belgium/info_index.html", context)


@access.page(power="practice.work")
@require_safe
def topic(request: PageRequest, slug: str) -> HttpResponse:
    """Show every rule of a topic; the group of the rule asked for is open."""
    found = frame.topics().get(slug)
    if found is None:
        raise Http404
    groups = book.groups(slug, request.acting.today())
    context = {
        "topic": found,
        "groups": groups,
        "folded": len(groups) > OPEN_GROUPS,
        "asked": request.GET.get("rule", "")[:LONGEST],
        "marks": book.marks_of(groups),
        "others": [one for one in frame.topics().values() if one.slug != slug],
    }
    return render(request, "belgium/info_topic.html", context)


@access.page(power="practice.work")
@require_safe
def competences(request: PageRequest) -> HttpResponse:
    """List competence codes; explain a whole INAMI number."""
    typed, digit = _typed(request), request.GET.get("profession", "")[:1]
    explained = lists.explain(typed)
    context = {
        "typed": typed,
        "chosen": digit,
        "professions": lists.professions(),
        "explained": explained,
        "codes": [] if explained else lists.find_competences(typed, digit),
        "every": len(lists.competences()),
        "known": frame.content()["lists"]["competences"],
        "page": frame.pages()["competences"],
    }
    return _answer(request, "belgium/info_competences.html", context)


@access.page(power="practice.work")
@require_safe
def mutualities(request: PageRequest) -> HttpResponse:
    """List mutualities by union."""
    typed = _typed(request)
    context = {
        "typed": typed,
        "unions": lists.find_unions(typed),
        "known": frame.content()["lists"]["mutualities"],
        "page": frame.pages()["insurability"],
    }
    return _answer(request, "belgium/info_mutualities.html", context)
