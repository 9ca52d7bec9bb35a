"""What a learner looks up: the glossary of a language, and what to remember of a course."""
