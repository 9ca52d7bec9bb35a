"""The parts of a scenario, each from its own mapping; nothing is guessed."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from . import codes, constants, macros
from .reader import Reader, gettext_noop, read_text
from .scenario import Appeal, Comment, Inject, Macro, MacroField, Persona, Post, Reaction, Rule, Text

T = TypeVar("T")


def read_each(readers: Iterator[Reader], read: Callable[[Reader], T]) -> Iterator[T]:
    seen: set[str] = set()
    for reader in readers:
        value = read(reader)
        reader.done()
        identifier = str(getattr(value, "id", ""))
        if identifier in seen:
            raise reader.refuse("id", gettext_noop("“%(id)s” is used twice"), id=identifier)
        seen.add(identifier)
        yield value


def read_identifier(reader: Reader, name: str = "id") -> str:
    value = reader.string(name)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", value):
        raise reader.refuse(name, gettext_noop("letters, digits, - and _ only, 80 at most"))
    return value


def read_rule(reader: Reader) -> Rule:
    return Rule(read_identifier(reader), reader.text("title"), reader.text("text"))


def read_macro(reader: Reader) -> Macro:
    asked = tuple(read_each(reader.items("fields"), read_macro_field))
    macro = Macro(read_identifier(reader), reader.text("title"), reader.text("text"), asked)
    known = {*macros.NAMES, *(each.id for each in asked)}
    for name in macros.fields_in(f"{macro.text.fr} {macro.text.en}"):
        if name not in known:
            raise reader.refuse(
                "text",
                gettext_noop("the field {%(field)s} is not listed in fields, nor one of the usual ones"),
                field=name,
            )
    return macro


def read_macro_field(reader: Reader) -> MacroField:
    name = reader.string("id")
    if not macros.FIELD.fullmatch(f"{{{name}}}"):
        raise reader.refuse("id", gettext_noop("small letters, digits and _ only"))
    return MacroField(name, reader.text("label"), reader.text("value", required=False))


def read_appeal(reader: Reader) -> Appeal:
    return Appeal(
        id=read_identifier(reader),
        comment=reader.string("comment"),
        text=reader.text("text"),
        key=_key(reader, codes.VERDICTS),
        rationale=reader.text("rationale"),
        of=reader.codes("of", codes.CONTESTED, codes.CONTESTED),
        after=reader.number("after", 0, 1440, constants.APPEAL_AFTER),
        edited=reader.text("edited", required=False),
        votes=_votes(reader, codes.VERDICTS),
        hint=reader.text("hint", required=False),
    )


def read_persona(reader: Reader) -> Persona:
    return Persona(
        id=read_identifier(reader),
        name=reader.string("name"),
        handle=reader.string("handle"),
        side=reader.code("side", codes.SIDES),
        bio=reader.text("bio", required=False),
        patience=reader.number("patience", 0, 1, 0.5),
        influence=reader.number("influence", 0, 1, 0.3),
        followers=reader.whole("followers", 0, 10**9, 100),
    )


def read_post(reader: Reader, duration: float) -> Post:
    return Post(
        read_identifier(reader),
        reader.number("minute", 0, duration, 0.0),
        reader.text("text"),
        reader.whole("likes", 0, 10**9, 0),
    )


def read_background(reader: Reader) -> Comment:
    return read_comment(reader, 0.0, background=True)


def read_comment(reader: Reader, duration: float, background: bool = False) -> Comment:
    has_minute = not background and reader.take("minute") is not None
    return Comment(
        id=read_identifier(reader),
        persona=reader.string("persona"),
        text=reader.text("text"),
        key=_key(reader),
        rationale=reader.text("rationale"),
        post=reader.string("post", ""),
        parent=reader.string("parent", "") if not background else "",
        minute=reader.number("minute", 0, duration) if has_minute else None,
        kind=reader.code("kind", codes.KINDS, "chatter"),
        views_per_minute=reader.number("views_per_minute", 0, 1e6, 1.0),
        severity=reader.whole("severity", 0, 4, 0),
        reasons=reader.codes("reasons", tuple(codes.REASON_CATEGORY), ("none",)),
        protected=reader.code("protected", codes.PROTECTED, "none"),
        votes=_votes(reader),
        clear_cut=reader.flag("clear_cut"),
        forbidden=_forbidden(reader),
        companion=reader.codes("companion", codes.ACTIONS),
        escalate_to=reader.code("escalate_to", ("", *codes.DESKS), ""),
        rule=reader.string("rule", ""),
        trap=reader.code("trap", codes.TRAPS, ""),
        hint=reader.text("hint", required=False),
        hostile=reader.flag("hostile") if background else False,
        touches=reader.codes("touches", tuple(code for code in codes.REASON_CATEGORY if code != "none")),
        group=reader.code("group", ("", *codes.GROUPS), ""),
    )


def _action(reader: Reader, name: str, action: object, known: tuple[str, ...] = codes.ACTIONS) -> str:
    if action not in known:
        raise reader.refuse(
            f"{name}.{action}", gettext_noop("unknown action; known: %(known)s"), known=", ".join(known)
        )
    return str(action)


def _key(reader: Reader, known: tuple[str, ...] = codes.ACTIONS) -> dict[str, float]:
    given = reader.mapping("key", required=True)
    for action, weight in given.items():
        _action(reader, "key", action, known)
        if isinstance(weight, bool) or weight not in constants.AUTHOR_WEIGHTS:
            raise reader.refuse(f"key.{action}", gettext_noop("the weight must be 1, 0.7, 0.4 or 0"))
    if 1 not in given.values():
        raise reader.refuse("key", gettext_noop("one action at least must have the weight 1: the best thing to do"))
    return {action: float(weight) for action, weight in given.items()}


def _votes(reader: Reader, known: tuple[str, ...] = codes.ACTIONS) -> dict[str, int]:
    given = reader.mapping("votes")
    for action, count in given.items():
        _action(reader, "votes", action, known)
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise reader.refuse(f"votes.{action}", gettext_noop("a number of votes is required"))
    return {action: count for action, count in given.items() if count}


def _forbidden(reader: Reader) -> dict[str, Text]:
    given = reader.mapping("forbidden")
    return {_action(reader, "forbidden", a): read_text(why, reader.at(f"forbidden.{a}")) for a, why in given.items()}


def read_reaction(reader: Reader) -> Reaction:
    identifier = read_identifier(reader)
    when, then = reader.child("when"), reader.child("then")
    reaction = Reaction(
        id=identifier,
        comment=when.string("comment"),
        condition=when.code("is", codes.CONDITIONS),
        lasting=when.number("for", 0, 1440, 0.0),
        brings_comment=then.string("comment", ""),
        brings_inject=then.string("inject", ""),
        mood=then.number("mood", -1, 1, 0.0),
        after=reader.number("after", 0, 1440, 0.0),
        probability=reader.number("probability", 0, 1, 1.0),
    )
    when.done()
    then.done()
    if not (reaction.brings_comment or reaction.brings_inject or reaction.mood):
        raise reader.refuse("then", gettext_noop("say what happens: a comment, an inject or a change of mood"))
    return reaction


def read_inject(reader: Reader, duration: float) -> Inject:
    has_minute = reader.take("minute") is not None
    return Inject(
        id=read_identifier(reader),
        channel=reader.code("channel", codes.CHANNELS),
        sender=reader.text("sender"),
        text=reader.text("text"),
        minute=reader.number("minute", 0, duration) if has_minute else None,
        impulse=reader.number("impulse", -1, 1, 0.0),
        expects=reader.code("expects", ("", *codes.ACTIONS), ""),
        within=reader.number("within", 0, 1440, 15.0),
        note=reader.text("note", required=False),
        contingency=reader.string("contingency", ""),
        audience=reader.text("audience", required=False),
        phase=reader.code("phase", ("", *codes.PHASES), ""),
    )
