"""Notes and bookmarks: what a learner keeps of a lesson for oneself."""
