"""The sandbox's rules: a pure, seeded, event-sourced model of a comment feed on duty.

Standard library only. No clock, no file, no database, no global random state: the world at simulated minute `t` is a
function of
(scenario, seed, acts, t), so that an exam is fair, a debrief can ask "what if", and an old certificate replays to the
same mark.
"""

# Bumped whenever equal arguments may give another world or another mark; stored with every attempt.
# 2: "keep" beside an act off the ladder earns the better of the two, no longer always the latter's credit.
# 3: the author of a restricted comment is told why, or the reason earns less; appeals count; a restored comment earns what a
#    kept one does; an exam needs 40 decisions and a sure result.
# 4: a statement made shortly before an inject that waits for one answers it.
RULES_VERSION = 4
