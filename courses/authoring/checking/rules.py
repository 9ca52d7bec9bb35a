"""What an author can act on, found in what a page holds. Each finding has a code, the block it lies in and a detail."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from courses.authoring.checking.readability import reading_ease, sentences, word_count

# Raise it when a rule changes: pages checked by older rules are checked again.
VERSION = 1

LONGEST_SENTENCE = {"en": 35, "fr": 40}  # words; French takes a sixth more for the same thing
HARDEST = 30.0  # reading ease: below, the text is written for graduates
SLOWEST_READING = 180  # words a minute, with time to think
_FILE_NAME = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")


@dataclass(frozen=True, slots=True)
class Finding:
    """`place`: the number of a block and its kind, such as "4 figure"; "" for the page as a whole."""

    code: str
    place: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of the page, an objective, the alternative text of an image or the address of a link, with its place."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Recording:
    place: str
    captions: bool
    transcript: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What the rules look at. `teaches`: a lesson, which owes its reader objectives."""

    language: str
    teaches: bool = False
    minutes: int | None = None
    texts: tuple[Piece, ...] = ()
    objectives: tuple[Piece, ...] = ()
    alternatives: tuple[Piece, ...] = ()
    links: tuple[Piece, ...] = ()
    recordings: tuple[Recording, ...] = ()
    words: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", sum(word_count(piece.text) for piece in self.texts))

    @property
    def ease(self) -> float | None:
        return reading_ease("\n".join(piece.text for piece in self.texts), self.language)


def findings(content: Content) -> list[Finding]:
    """Return what the page's own content asks for, in the order of the page within each rule."""
    return [finding for rule in RULES for finding in rule(content)]


def missing_alternatives(content: Content) -> Iterator[Finding]:
    for piece in content.alternatives:
        if not piece.text.strip() or piece.text.strip().lower().endswith(_FILE_NAME):
            yield Finding("missing_alt", piece.place, piece.text.strip())


def missing_captions(content: Content) -> Iterator[Finding]:
    for recording in content.recordings:
        if not recording.captions:
            yield Finding("missing_captions", recording.place)
        if not recording.transcript:
            yield Finding("missing_transcript", recording.place)


def empty_objectives(content: Content) -> Iterator[Finding]:
    if content.teaches and not content.objectives:
        yield Finding("no_objective")
    for objective in content.objectives:
        if not objective.text.strip():
            yield Finding("empty_objective", objective.place)


def long_sentences(content: Content) -> Iterator[Finding]:
    longest = LONGEST_SENTENCE.get(content.language, 40)
    for piece in content.texts:
        for sentence in sentences(piece.text):
            if (count := word_count(sentence)) > longest:
                yield Finding("long_sentence", piece.place, f"{count} · {shortened(sentence)}")


def hard_reading(content: Content) -> Iterator[Finding]:
    if content.ease is not None and content.ease < HARDEST:
        yield Finding("hard_to_read", "", str(content.ease))


def hurried_minutes(content: Content) -> Iterator[Finding]:
    needed = round(content.words / SLOWEST_READING)
    if content.minutes is not None and needed > content.minutes:
        yield Finding("too_few_minutes", "", f"{content.minutes} < {needed}")


RULES: tuple[Callable[[Content], Iterator[Finding]], ...] = (
    missing_alternatives, missing_captions, empty_objectives, long_sentences, hard_reading, hurried_minutes,
)  # fmt: skip


def broken_links(links: Iterable[Piece], leads_somewhere: Callable[[str], bool]) -> list[Finding]:
    """Return the links within this site that lead nowhere."""
    inside = [link for link in links if link.text.startswith("/")]
    return [Finding("broken_link", link.place, link.text) for link in inside if not leads_somewhere(link.text)]


def shortened(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0] + " …"
