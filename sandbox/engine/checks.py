"""What must hold between the parts of a scenario: every reference leads somewhere, nothing waits for itself."""

from .codes import ILLEGAL, LADDER, RESTRICTIONS
from .reader import ScenarioError, gettext_noop
from .scenario import Comment, Scenario


def check(scenario: Scenario) -> None:
    """Raise ScenarioError at the first reference that leads nowhere or contradicts another field."""
    if not scenario.posts:
        raise ScenarioError("posts", gettext_noop("one post at least is needed: comments stand under something"))
    if not any(c.minute is not None for c in scenario.comments):
        raise ScenarioError("comments", gettext_noop("one comment at least must have a minute of arrival"))
    _unique_across(scenario)
    for name, group in (("comments", scenario.comments), ("background", scenario.background)):
        for i, comment in enumerate(group):
            _comment(scenario, comment, f"{name}[{i}]")
    _reactions(scenario)
    _injects(scenario)
    _appeals(scenario)
    for i, rule in enumerate(scenario.charter):
        if rule.id == ILLEGAL:
            raise ScenarioError(
                f"charter[{i}].id",
                gettext_noop("“%(code)s” stands for the law; choose another identifier"),
                code=ILLEGAL,
            )


def _unique_across(scenario: Scenario) -> None:
    scripted = {c.id for c in scenario.comments}
    for i, comment in enumerate(scenario.background):
        if comment.id in scripted:
            raise ScenarioError(f"background[{i}].id", gettext_noop("“%(id)s” is already a comment"), id=comment.id)


def _comment(scenario: Scenario, comment: Comment, path: str) -> None:
    if comment.persona not in scenario.personas:
        raise ScenarioError(
            f"{path}.persona", gettext_noop("there is no persona “%(persona)s”"), persona=comment.persona
        )
    if comment.post and comment.post not in {p.id for p in scenario.posts}:
        raise ScenarioError(f"{path}.post", gettext_noop("there is no post “%(post)s”"), post=comment.post)
    if comment.minute is not None:
        opened = next((p.minute for p in scenario.posts if p.id == comment.post), scenario.posts[0].minute)
        if comment.minute < opened:
            raise ScenarioError(f"{path}.minute", gettext_noop("it arrives before the post it stands under"))
    if comment.rule and scenario.rule(comment.rule) is None:
        raise ScenarioError(f"{path}.rule", gettext_noop("the charter has no rule “%(rule)s”"), rule=comment.rule)
    if comment.severity > scenario.severity_cap:
        raise ScenarioError(
            f"{path}.severity",
            gettext_noop("above the scenario's severity_cap (%(severity_cap)s)"),
            severity_cap=scenario.severity_cap,
        )
    _parent(scenario, comment, path)
    _key(comment, path)


def _parent(scenario: Scenario, comment: Comment, path: str) -> None:
    if not comment.parent:
        return
    parent = scenario.find.get(comment.parent)
    if parent is None or comment.parent == comment.id:
        raise ScenarioError(
            f"{path}.parent", gettext_noop("there is no comment “%(parent)s” to reply to"), parent=comment.parent
        )
    if comment.post and parent.post and comment.post != parent.post:
        raise ScenarioError(f"{path}.post", gettext_noop("its parent stands under “%(post)s”"), post=parent.post)
    early = comment.minute is not None and parent.minute is not None and comment.minute < parent.minute
    if early:
        raise ScenarioError(f"{path}.minute", gettext_noop("it arrives before the comment it replies to"))
    seen, above = {comment.id}, comment.parent
    while above:
        if above in seen:
            raise ScenarioError(f"{path}.parent", gettext_noop("these comments reply to each other in a circle"))
        seen.add(above)
        found = scenario.find.get(above)
        above = found.parent if found else ""


def _key(comment: Comment, path: str) -> None:
    if not comment.reasons:
        raise ScenarioError(f"{path}.reasons", gettext_noop("say none, or for which reasons"))
    for action in comment.forbidden:
        if comment.key.get(action):
            raise ScenarioError(
                f"{path}.forbidden.{action}", gettext_noop("forbidden here, and yet it earns credit in the key")
            )
    for action in comment.companion:
        if action in comment.forbidden:
            raise ScenarioError(
                f"{path}.companion", gettext_noop("“%(action)s” is both expected and forbidden"), action=action
            )
    best = [action for action, weight in comment.key.items() if weight == 1]
    taken_down = any(action in RESTRICTIONS for action in best)
    if taken_down and comment.reasons == ("none",):
        raise ScenarioError(
            f"{path}.reasons", gettext_noop("the best action restricts the comment: say for which reason")
        )
    if comment.protected != "none" and any(LADDER.get(a, 0) >= 3 for a in best):
        raise ScenarioError(f"{path}.protected", gettext_noop("protected speech whose best action is to remove it"))


def _reactions(scenario: Scenario) -> None:
    for i, reaction in enumerate(scenario.reactions):
        path = f"reactions[{i}]"
        if reaction.comment not in scenario.find:
            raise ScenarioError(
                f"{path}.when.comment", gettext_noop("there is no comment “%(comment)s”"), comment=reaction.comment
            )
        if reaction.condition == "unanswered" and reaction.lasting <= 0:
            raise ScenarioError(f"{path}.when.for", gettext_noop("say after how many minutes without an answer"))
        if reaction.lasting and reaction.condition not in ("unanswered", "kept"):
            raise ScenarioError(f"{path}.when.for", gettext_noop("only “unanswered” and “kept” wait for a time"))
        if reaction.brings_comment:
            brought = scenario.find.get(reaction.brings_comment)
            if brought is None:
                raise ScenarioError(
                    f"{path}.then.comment",
                    gettext_noop("there is no comment “%(comment)s”"),
                    comment=reaction.brings_comment,
                )
            if brought.minute is not None:
                raise ScenarioError(
                    f"{path}.then.comment", gettext_noop("“%(id)s” already has a minute of arrival"), id=brought.id
                )
        if reaction.brings_inject and reaction.brings_inject not in scenario.injects:
            raise ScenarioError(
                f"{path}.then.inject",
                gettext_noop("there is no inject “%(inject)s”"),
                inject=reaction.brings_inject,
            )


def _injects(scenario: Scenario) -> None:
    for i, inject in enumerate(scenario.injects.values()):
        if not inject.contingency:
            continue
        if inject.contingency not in scenario.injects or inject.contingency == inject.id:
            raise ScenarioError(
                f"injects[{i}].contingency",
                gettext_noop("there is no other inject “%(inject)s”"),
                inject=inject.contingency,
            )
        if not inject.expects:
            raise ScenarioError(
                f"injects[{i}].contingency", gettext_noop("nothing is expected, so nothing can fail to come")
            )


def _appeals(scenario: Scenario) -> None:
    appealed: set[str] = set()
    for i, appeal in enumerate(scenario.appeals.values()):
        path = f"appeals[{i}]"
        if appeal.comment not in scenario.find:
            raise ScenarioError(
                f"{path}.comment", gettext_noop("there is no comment “%(comment)s”"), comment=appeal.comment
            )
        if appeal.comment in appealed:
            raise ScenarioError(
                f"{path}.comment", gettext_noop("“%(comment)s” already has an appeal"), comment=appeal.comment
            )
        if not appeal.of:
            raise ScenarioError(f"{path}.of", gettext_noop("say which acts its author contests"))
        appealed.add(appeal.comment)
