"""Decision story: scenes, choices, several endings, and a picture of the path one took."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks import examples
from courses.blocks.interactive import InteractiveBlock, Kept, identifier, member_key, refuse, same_letter
from courses.blocks.markdown import MarkdownBlock
from courses.drawing.paths import Scene, draw_path
from courses.formats.blocks import story_faults

FAULTS = {
    "neither": _("The scene “%(name)s” needs choices, or an ending, and not both."),
    "unknown": _("A choice leads to “%(name)s”, and there is no such scene."),
    "back": _("A choice leads back to “%(name)s”: scenes go forward, in the order written."),
    "lost": _("No choice leads to the scene “%(name)s”."),
    "endings": _("A story has two endings or more."),
}


class ChoiceOfSceneBlock(blocks.StructBlock):  # type: ignore[misc]
    key = member_key()
    text = blocks.CharBlock(label=_("What one does"))
    to = blocks.CharBlock(label=_("Leads to"), max_length=20, help_text=_("The name of a scene below."))

    class Meta:
        icon = "arrow-right"
        label = _("Choice")


class SceneBlock(blocks.StructBlock):  # type: ignore[misc]
    key = blocks.CharBlock(label=_("Name"), max_length=20, help_text=_("Short; the same in both languages."))
    title = blocks.CharBlock(label=_("Title"), required=False, help_text=_("For an ending: what became of it all."))
    text = MarkdownBlock(label=_("Text"))
    ending = blocks.ChoiceBlock(
        label=_("Ending"),
        required=False,
        choices=[("good", _("Good ending")), ("mixed", _("Mixed ending")), ("bad", _("Bad ending"))],
        help_text=_("Only for a scene that ends the story; it has no choices."),
    )
    choices = blocks.ListBlock(ChoiceOfSceneBlock(), label=_("Choices"), min_num=0, max_num=4, default=[])

    class Meta:
        icon = "doc-full"
        label = _("Scene")


class StoryBlock(InteractiveBlock):
    """A story one decides; the answer is the choices made so far and the endings ever seen.

    The form carries the whole path, so that a double click, an old tab or a visitor's address say the same thing twice.
    """

    state_type = dict
    missing = _("Choose what you do first.")

    key = identifier()
    title = blocks.CharBlock(label=_("Title"))
    scenes = blocks.ListBlock(
        SceneBlock(), label=_("Scenes"), min_num=3, max_num=24,
        help_text=_("The first one opens the story. Choices lead forward, to a scene further down."),
    )  # fmt: skip

    def state_of(self, value: Mapping[str, Any], posted: QueryDict) -> dict[str, Any] | None:
        path = [choice for choice in posted.get("path", "").split(".") if choice]
        if posted.get("back"):
            path = path[:-1]
        elif posted.get("choice"):
            path.append(posted.get("choice", ""))
        elif posted.get("again"):
            path = []
        else:
            return None
        walked, scene = _walk(value["scenes"], path)
        return {"path": walked, "seen": [scene["key"]] if scene["ending"] else []}

    def settle(self, state: Any, kept: Any, now: datetime) -> Any:
        seen = [*(kept or {}).get("seen", []), *state["seen"]]
        return {"path": state["path"], "seen": sorted(set(seen))}

    def shown(self, value: Mapping[str, Any], kept: Kept | None) -> Mapping[str, Any]:
        scenes = value["scenes"]
        path = kept.state["path"] if kept else []
        steps, scene = _steps(scenes, path)
        endings = {s["key"] for s in scenes if s["ending"]}
        return {
            "steps": steps,
            "scene": scene,
            "path": ".".join(step["choice"]["key"] for step in steps),
            "ended": bool(scene["ending"]),
            "picture": _picture(scenes, steps, scene) if scene["ending"] else None,
            "endings_seen": len(endings & {*(kept.state["seen"] if kept else []), scene["key"]}),
            "endings": len(endings),
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if same_letter(value["scenes"]) or any(same_letter(scene["choices"]) for scene in value["scenes"]):
            raise refuse(_("Two scenes have the same name, or two choices of a scene the same letter."))
        faults = story_faults([_plain(scene) for scene in value["scenes"]])
        if faults:
            raise refuse(*(FAULTS[fault] % {"name": name} for _position, fault, name in faults))
        return value

    class Meta:
        icon = "history"
        label = _("Decision story")
        template = "courses/blocks/story.html"
        description = _("A situation one decides step by step, with several endings")
        preview_value = staticmethod(examples.told({
            "key": "preview",
            "title": _("The post nobody approved"),
            "scenes": [
                {"key": "start", "title": "", "text": _("Nine o’clock. The joke has gone out, and it wounds."), "ending": "",
                 "choices": [{"key": "a", "text": _("Delete and say nothing"), "to": "gone"},
                             {"key": "b", "text": _("Apologise under the post"), "to": "sorry"}]},
                {"key": "gone", "title": _("The capture travels"), "text": _("Somebody had kept it."), "ending": "bad", "choices": []},
                {"key": "sorry", "title": _("It is over by noon"), "text": _("People move on."), "ending": "good", "choices": []},
            ],
        }))  # fmt: skip


def _plain(scene: Any) -> dict[str, Any]:
    choices = [{"key": choice["key"], "to": choice["to"]} for choice in scene["choices"]]
    return {"key": scene["key"], "ending": scene["ending"] or "", "choices": choices}


def _steps(scenes: Any, path: list[str]) -> tuple[list[dict[str, Any]], Any]:
    """Return the scenes passed with the choice made in each, and the scene one stands in.

    A path that an author's edit has broken is followed as far as it leads.
    """
    by_key = {scene["key"]: scene for scene in scenes}
    scene, steps = scenes[0], []
    for key in path:
        choice = next((choice for choice in scene["choices"] if choice["key"] == key), None)
        if choice is None or choice["to"] not in by_key:
            break
        steps.append({"scene": scene, "choice": choice})
        scene = by_key[choice["to"]]
    return steps, scene


def _walk(scenes: Any, path: list[str]) -> tuple[list[str], Any]:
    steps, scene = _steps(scenes, path)
    return [step["choice"]["key"] for step in steps], scene


def _picture(scenes: Any, steps: list[dict[str, Any]], last: Any) -> Any:
    drawn = [Scene(s["key"], s["ending"] or "", tuple(c["to"] for c in s["choices"])) for s in scenes]
    return draw_path(drawn, [step["scene"]["key"] for step in steps] + [last["key"]])
