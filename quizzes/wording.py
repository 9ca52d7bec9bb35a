"""What the codes of the pure modules say to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.vocabulary import ACTIONS
from courses.vocabulary import REASONS as TRADE_REASONS

KINDS = {
    "single_choice": _("Single choice"),
    "multiple_response": _("Multiple response"),
    "true_false": _("True or false"),
    "sjt_best": _("Judgement: best answer"),
    "sjt_rate": _("Judgement: rate actions"),
    "sjt_rank": _("Judgement: rank actions"),
    "sjt_most_least": _("Judgement: most and least"),
    "matching": _("Matching"),
    "ordering": _("Ordering"),
    "short_answer": _("Short answer"),
    "numeric": _("Number"),
    "gap_text": _("Gap text"),
    "moderation_matrix": _("Moderation matrix"),
    "hot_spot": _("Place on a picture"),
    "case": _("Case: several questions on one situation"),
    "essay": _("Essay, marked by a person"),
    "file_upload": _("File, marked by a person"),
    "likert": _("Scale of agreement"),
    "description": _("Text to read"),
}

# What the candidate is asked to do, under the stem.
TASKS = {
    "single_choice": _("Choose one answer."),
    "multiple_response": _("Tick every answer that applies."),
    "true_false": _("Say of each statement whether it is true or false."),
    "sjt_best": _("Choose the best answer."),
    "sjt_rate": _("Rate each action from 1 (very inappropriate) to 5 (very appropriate)."),
    "sjt_rank": _("Give each action a rank, 1 for the best. Use each rank once."),
    "sjt_most_least": _("Name the most appropriate action and the least appropriate one."),
    "matching": _("Choose what goes with each line. A choice may serve twice, or not at all."),
    "ordering": _("Give each line its place, 1 for the first. Use each place once."),
    "short_answer": _("Write a word or a few. Capitals do not matter."),
    "numeric": _("Write a number, with a decimal comma or point."),
    "gap_text": _("Fill in every gap."),
    "moderation_matrix": _("Decide for each comment; say why when you take something away."),
    "hot_spot": _("Point at the right place, or choose it in the list."),
    "case": _("Read the situation, then answer each question below."),
    "essay": _("Write your answer. A person will read and mark it."),
    "file_upload": _("Send one file. A person will open and mark it."),
    "likert": _("Say how far you agree. There is no right answer."),
    "description": _("Read this before you go on."),
}

# What is still to be done when an answer is unfinished.
UNFINISHED = {
    "true_false": _("Some statements have no answer yet."),
    "sjt_rate": _("Some actions are not rated yet."),
    "sjt_rank": _("Give every action a rank of its own: a rank is missing or used twice."),
    "sjt_most_least": _("Choose one most appropriate and one least appropriate action, two different ones."),
    "matching": _("Some lines have no match yet."),
    "ordering": _("Give every line a place of its own: a place is missing or used twice."),
    "numeric": _("This cannot be read as a number. Write it with digits, with a comma or a point but not both."),
    "gap_text": _("Some gaps are still empty."),
    "moderation_matrix": _("Some comments have no decision yet, or a decision without its reason."),
    "case": _("Some questions of this case have no full answer yet."),
    "essay": _("Your text is shorter or longer than asked."),
    "likert": _("Some statements have no answer yet."),
}

# How it is scored, in words a candidate understands.
RULES = {
    "credit_of_choice": _("The right answer earns the point; a defensible one may earn a part of it."),
    "all_or_nothing": _("The point is earned only with exactly the right answers ticked."),
    "per_option_penalty_floor0": _(
        "Each right tick adds a share of the point, each wrong tick takes a share away, never below 0."
    ),
    "right_minus_wrong_floor0": _("A wrong tick cancels a right one; never below 0."),
    "every_decision_counts": _("Each answer rightly ticked or rightly left alone earns a share of the point."),
    "coverage": _("The share of right answers found, times the share of your ticks that are right."),
    "per_option_no_penalty": _("Each right tick earns a share of the point; wrong ticks take nothing away."),
    "share_of_statements": _("Each statement judged rightly earns a share of the point."),
    "author_weights": _("The best answer earns the point; sensible ones earn part of it."),
    "consensus_proportional": _("An answer earns the share of experts who chose it."),
    "consensus_modal": _("An answer earns its share of the votes for the experts’ first choice."),
    "absolute_distance": _("The closer your ratings to the experts’, the more you earn."),
    "squared_distance": _("The closer your ratings to the experts’, the more you earn; large gaps cost most."),
    "rank_distance": _("The closer your order to the experts’, the more you earn."),
    "share_of_pairs": _("Each right match earns a share of the point."),
    "every_pair": _("The point is earned only when every match is right."),
    "all_pairs": _("Each pair of lines in the right order earns a share of the point."),
    "absolute_position": _("Each line in its right place earns a share of the point."),
    "next_excluding_last": _("Each line rightly followed by the next earns a share of the point."),
    "next_including_last": _("Each line rightly followed by the next, or rightly last, earns a share of the point."),
    "one_previous_and_next": _("Each right neighbour, before and after, earns a share of the point."),
    "longest_ordered_subset": _("The longest series of lines in the right order gives your share of the point."),
    "longest_contiguous_subset": _("The longest unbroken run of lines gives your share of the point."),
    "relative_to_correct": _("The closer each line is to its right place, the more you earn."),
    "answers_foreseen": _("A right answer earns the point; one that is nearly right may earn a part of it."),
    "nominal": _("The number earns the point when it is right, or close enough where that is allowed."),
    "relative": _("The number earns the point within a percentage of the right one."),
    "geometric": _("The number earns the point within a factor of the right one."),
    "range": _("Any number within the right range earns the point."),
    "figures": _("The number earns the point when its significant figures are right."),
    "share_of_gaps": _("Each gap rightly filled earns a share of the point."),
    "decision_and_reason": _(
        "Each comment earns a share of the point: all of it "
        "for the right decision and reason, half with another reason or a defensible decision."
    ),
    "decision_only": _("Each right decision earns a share of the point, a defensible one half of it."),
    "credit_of_place": _("The right place earns the point; a defensible one may earn a part of it."),
    "mean_of_questions": _("Each question of the case counts the same; together they make the result."),
    "rubric": _("A person chooses a level for each criterion; the points of the levels make the result."),
    "unscored": _("This does not count in the result."),
    "most_least": _("Each end found earns half of the point; naming the opposite end costs as much."),
}

SCALE = {
    "1": _("Very inappropriate"),
    "2": _("Rather inappropriate"),
    "3": _("Neither one nor the other"),
    "4": _("Rather appropriate"),
    "5": _("Very appropriate"),
}

AGREEMENT = {
    "1": _("Strongly disagree"),
    "2": _("Disagree"),
    "3": _("Neither agree nor disagree"),
    "4": _("Agree"),
    "5": _("Strongly agree"),
}

VALUES = {
    **{code: action.label for code, action in ACTIONS.items()},
    **{code: reason.label for code, reason in TRADE_REASONS.items()},
    "true": pgettext_lazy("statement", "True"),
    "false": pgettext_lazy("statement", "False"),
    "most": _("Most appropriate"),
    "least": _("Least appropriate"),
}

FILES = {
    "pdf": _("PDF"),
    "image": _("image (PNG, JPEG, WebP)"),
    "document": _("text document (DOCX, ODT)"),
    "text": _("plain text (TXT, Markdown, CSV)"),
}

PROGRESS = {
    "empty": _("Not answered"),
    "partial": _("Unfinished"),
    "complete": _("Answered"),
}

OUTCOMES = {
    "right": pgettext_lazy("answer", "Right"),
    "partly": pgettext_lazy("answer", "Partly right"),
    "wrong": pgettext_lazy("answer", "Wrong"),
    "empty": _("Not answered"),
    "neutral": _("Not scored"),
    "awaiting": _("Awaiting marking"),
}

# Where a result stands.
BANDS = {
    "far_above": _("Well above the pass mark"),
    "above": _("Above the pass mark"),
    "unmet": _("The total is enough, but another condition is not met"),
    "close": _("Close to the pass mark"),
    "below": _("Below the pass mark"),
}

# What the correction says of an option.
TICKED = {
    "right": _("Your answer: right"),
    "partly": _("Your answer: partly right"),
    "wrong": _("Your answer: wrong"),
    "missed": _("Expected, not chosen"),
}
# What it says of a typed answer, and of the one expected.
TYPED = {**TICKED, "missed": _("Expected"), "neutral": _("Also right")}
# What the correction says of a row that has a value of its own.
ROW = {
    "both": _("You: %(given)s · Expected: %(key)s"),
    "given": _("You: %(given)s"),
    "key": _("You: nothing · Expected: %(key)s"),
    "points": _("%(percent)s%% of the points"),
    "level": _("%(given)s of %(key)s points"),
    "worth": _("%(key)s points at most"),
    "placed": _("Your answer"),
    "elsewhere": _("You pointed at another place."),
}
