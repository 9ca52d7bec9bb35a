"""A curriculum as one zip archive. What comes in is distrusted: paths, links, counts and sizes are checked first."""

import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from courses.formats.assets import CAPTIONS, DOCUMENTS, IMAGES, SOUNDS, VIDEOS
from courses.formats.errors import FileError

DEPTH = 4  # course/module/images/file
KINDS = frozenset({".md", ".yaml"} | {f".{ending}" for ending in (*IMAGES, *VIDEOS, *SOUNDS, *CAPTIONS, *DOCUMENTS)})
IGNORED = frozenset({"LICENSE", "README.md", "taste.yaml"})
DATE = (1980, 1, 1, 0, 0, 0)  # the same files make the same archive


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold: a number of files, and bytes once unpacked, in one file and in all."""

    files: int = 5000
    file: int = 50 * 2**20
    total: int = 200 * 2**20


LIMITS = Limits()


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the archive of `files`: the same bytes for the same files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in sorted(files.items()):
            entry = ZipInfo(name, DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


@contextmanager
def opened(path: Path, limits: Limits = LIMITS) -> Iterator[Path]:
    """Give the folder itself, or a temporary one with the files of an archive.

    Errors: FileError for what is not a zip archive, or holds anything but plain files of a curriculum.
    """
    if path.suffix.lower() != ".zip":
        yield path
        return
    with TemporaryDirectory() as folder:
        try:
            with ZipFile(path) as archive:
                _extract(archive, Path(folder), path.name, limits)
        except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise FileError(path.name, 0, f"not a zip archive that can be read: {error}") from error
        yield Path(folder)


def _extract(archive: ZipFile, folder: Path, name: str, limits: Limits) -> None:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > limits.files:
        raise FileError(name, 0, f"{len(entries)} files; {limits.files} at most")
    for entry in entries:
        _check(entry)
        if entry.file_size > limits.file:
            raise FileError(entry.filename, 0, f"larger than {limits.file} bytes")
    if sum(entry.file_size for entry in entries) > limits.total:
        raise FileError(name, 0, f"larger than {limits.total} bytes once unpacked")
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise FileError(name, 0, "two files have the same name")
    for entry in entries:
        _write(archive, entry, folder / entry.filename)


def _write(archive: ZipFile, entry: ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source:
        # The size a header claims is not the size that comes: read no more than what was allowed.
        content = source.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise FileError(entry.filename, 0, "larger than its header says")
    target.write_bytes(content)


def _check(entry: ZipInfo) -> None:
    path = PurePosixPath(entry.filename)
    mode = entry.external_attr >> 16
    if (
        "\\" in entry.filename
        or path.is_absolute()
        or ".." in path.parts
        or ":" in entry.filename
        or str(path) != entry.filename
    ):
        raise FileError(entry.filename, 0, "its path leads out of the archive")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise FileError(entry.filename, 0, "a link or a device, not a plain file")
    if len(path.parts) > DEPTH or (path.suffix.lower() not in KINDS and path.name not in IGNORED):
        raise FileError(entry.filename, 0, "not a file of a curriculum")
