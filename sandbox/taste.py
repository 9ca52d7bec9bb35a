"""A taste of the desk for visitors: no account, nothing stored, played on the engine itself."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

import courses
from courses.markdown import render as markdown
from courses.vocabulary import ACTIONS
from sandbox import clock
from sandbox.engine.credit import credit, panelists, ranking
from sandbox.engine.parsing import from_dict
from sandbox.engine.players import act_on
from sandbox.engine.replay import replay
from sandbox.engine.scenario import Comment, Scenario
from sandbox.wording import language

FILE = Path(courses.__file__).parent / "curriculum" / "taste.yaml"
CHOICES = ("keep", "reply_public", "hide", "remove", "escalate")
OFFERED = 3


@cache
def scenario() -> Scenario:
    return from_dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def offered() -> list[Comment]:
    """Return the comments a visitor moderates: the first scripted ones."""
    return [c for c in scenario().comments if c.minute is not None][:OFFERED]


def cards(chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Return what the strip shows; the key of a comment appears only once the visitor has decided on it."""
    return [card(comment, chosen.get(comment.id, "")) for comment in offered()]


def strip(chosen: dict[str, str]) -> dict[str, Any]:
    """Return what the strip needs: whose page it is, what was posted, the comments and what became of them."""
    s, lang = scenario(), language()
    shown = cards(chosen)
    decided = [c["verdict"] for c in shown if c["action"]]
    return {
        "brief": markdown(s.brief.get(lang)),
        "brand": s.brand,
        "post": s.posts[0].text.get(lang),
        "when": clock.wall(0, s.starts_at),
        "cards": shown,
        "chosen": chosen,
        "done": len(decided) == OFFERED,
        "right": decided.count("right"),
    }


def card(comment: Comment, action: str) -> dict[str, Any]:
    persona, lang = scenario().personas[comment.persona], language()
    shown: dict[str, Any] = {
        "id": comment.id,
        "name": persona.name,
        "handle": persona.handle,
        "text": comment.text.get(lang),
        "when": clock.wall(comment.minute or 0, scenario().starts_at),
        "choices": [ACTIONS[code] for code in CHOICES],
        "action": "",
    }
    return shown | outcome(comment, action) if action in CHOICES else shown


def outcome(comment: Comment, action: str) -> dict[str, Any]:
    """Return what follows from `action`, by playing the rest of the scenario with it, and the experts' view."""
    s, lang = scenario(), language()
    act = act_on(comment, action, (comment.minute or 0) + 1)
    after, before = (replay(s, s.seed, acts, s.duration) for acts in ([act], []))
    caused = [e.subject for e in after.events if e.kind == "arrival" and e.detail] or []
    spared = [name for name in before.find if name not in after.find]
    earned = credit(comment, action)
    return {
        "action": action,
        "label": ACTIONS[action].label,
        "state": tone(action),
        "credit": round(earned * 100),
        "verdict": "right" if earned >= 0.95 else "half" if earned else "wrong",
        "consequences": [
            {"name": s.personas[s.find[c].persona].name, "text": s.find[c].text.get(lang)} for c in caused[:2]
        ],
        "spared": len(spared),
        "key": [(ACTIONS[a].label, round(c * 100)) for a, c in ranking(comment)[:3]],
        "panel": panelists(comment),
        "why": comment.forbidden[action].get(lang) if action in comment.forbidden else "",
        "rationale": comment.rationale.get(lang),
    }


def tone(action: str) -> str:
    return ACTIONS[action].tone if ACTIONS[action].tone != "neutral" else ""


def read(data: Any) -> dict[str, str]:
    """Return the visitor's decisions so far, from a form or an address."""
    known = {c.id for c in offered()}
    return {name: data[name] for name in known if data.get(name) in CHOICES}


@csrf_exempt  # it changes nothing anywhere: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Show the consequence of the visitor's decisions and the experts' view; nothing is kept."""
    chosen = read(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        decided = request.POST.get("decide", "")
        name, _, action = decided.partition(":")
        chosen |= read({name: action})
    fragment = request.headers.get("X-Desk") == "fragment"
    return render(request, "sandbox/_taste.html" if fragment else "sandbox/taste.html", strip(chosen))
