"""Every default of the model in one place.

They are teaching choices, not data; a scenario may override the marked ones.
"""

from typing import Final

# Mood: tension in [0, 1], one step per simulated minute (model, section 1).
START_TENSION: Final = 0.08  # scenario: tension
MOOD_MEMORY: Final = 0.97
MOOD_PER_OVERDUE_QUESTION: Final = 0.004
MOOD_PER_GRAVE_ITEM: Final = 0.01
MOOD_PER_CRITICISM_REMOVED: Final = 0.05
MOOD_PER_CONTRADICTION: Final = 0.08
MOOD_HOLDING_STATEMENT: Final = -0.06
MOOD_PER_GOOD_ANSWER: Final = -0.03
MOOD_STRATEGY: Final = 0.10
GRAVE_SEVERITY: Final = 3
BUSY_THREAD: Final = 3  # comments in a thread before an answer there is heard by the crowd
GOOD_ANSWER_CREDIT: Final = 0.7

# Background arrivals: rate = base * (1 + slope * tension); hostile share = base + slope * tension.
BACKGROUND_RATE: Final = 0.05  # per simulated minute; scenario: background_rate
BACKGROUND_SLOPE: Final = 8.0
HOSTILE_BASE: Final = 0.05
HOSTILE_SLOPE: Final = 0.5
BACKGROUND_MAX_PER_MINUTE: Final = 6

# The shift.
PACE: Final = 8.0  # simulated minutes per real minute; scenario: pace
PASS_MARK: Final = 0.70  # scenario: pass_mark
MUTE_MINUTES: Final = 60.0
LATE_ARRIVAL: Final = 5.0  # what arrives in the last minutes and is left alone is not scored
MAX_TEXT: Final = 5000  # characters in a reply or a statement

# Service levels in simulated minutes by severity, and for a customer's question or complaint; scenario: service_levels.
SERVICE_LEVELS: Final = {4: 5.0, 3: 15.0, 2: 60.0, 1: 240.0}
QUESTION_LEVEL: Final = 60.0
APPEAL_LEVEL: Final = 30.0  # an author who contests a decision waits for a person
APPEAL_AFTER: Final = 12.0  # minutes between a restriction and its appeal; scenario: appeals[].after

# Decision (section 4.1).
AUTHOR_WEIGHTS: Final = (1.0, 0.7, 0.4, 0.0)
AUTHOR_PRIOR: Final = 5.0  # the author's key counts as this many panelists
COMPANION_MISSING: Final = 0.8
LADDER_MIN_WEIGHT: Final = 0.7  # an action on the ladder below this weight does not set the expected level

# Harm (section 4.2).
MISS_COST: Final = (0.0, 1.0, 3.0, 8.0, 20.0)
OVER_COST: Final = {"none": 1.0, "criticism": 2.0, "speech": 3.0}
RESTRICTION_LEVEL: Final = 2
TOP_LEVEL: Final = 5

# Bias (section 4.3): what c says, and when enough comments about a group say it.
LEANING: Final = 0.3  # of c, either way
GROUP_LEAST: Final = 4  # comments to restrict, and as many to keep
GROUP_MISTAKES: Final = 2  # one mistake that way is an accident

# Replies (section 4.5): criterion -> weight; each marked 0 to 3.
RUBRIC: Final = {
    "right_to_reply": 2,
    "accurate": 2,
    "acknowledges": 2,
    "human_voice": 2,
    "accommodating": 2,
    "next_step": 1,
    "says_who": 1,
    "tone": 1,
}
RUBRIC_TOP: Final = 3

# Escalation and reason (section 4.6).
WRONG_DESK: Final = 0.5
SAME_CATEGORY: Final = 0.5
UNEXPLAINED: Final = 0.8  # the author was not told why, or on a wrong ground

# Result (section 4.8).
PART_WEIGHTS: Final = {
    "decision": 0.35,
    "harm": 0.20,
    "timeliness": 0.15,
    "replies": 0.15,
    "escalation": 0.10,
    "reason": 0.05,
}
MIN_HARM_MISS: Final = 0.60
MIN_HARM_OVER: Final = 0.60

# What an exam needs before it certifies anything (section 4.8).
EXAM_ITEMS: Final = 40
EXAM_CONFIDENCE: Final = 0.90
EXAM_FLOOR: Final = 0.60
BOOTSTRAP_DRAWS: Final = 400

# Debrief (section 6).
PIVOTAL_MOMENTS: Final = 5
PIVOTAL_CANDIDATES: Final = 15
