"""The instructor's desk: sign-off, content checks, translations, usage, copies. Read by the Wagtail admin alone."""
