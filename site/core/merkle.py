"""The arithmetic of a Merkle tree as in RFC 6962, and of the tiles it is kept in (https://c2sp.org/tlog-tiles).

A tree over leaves is split at the largest power of two below their number. So its left part is made of perfect
trees that never change again, and a tree that has grown shows in a few hashes that it still begins with the old one.
Pure functions: what a tree is kept in is told by a `Load`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence

HASH = 32  # bytes of a SHA-256
HEIGHT = 8
WIDTH = 1 << HEIGHT  # hashes of a full tile
EMPTY_ROOT = hashlib.sha256().digest()

Range = tuple[int, int]
# Gives the hashes of a tile (level, number, width), one behind the other.
Load = Callable[[int, int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


# --- Trees of hashes that are at hand ---------------------------------------------------------------------------------


def peaks(hashes: Sequence[bytes]) -> list[bytes]:
    """The roots of the perfect trees that these hashes fall apart into, the largest first."""
    found, start = [], 0
    while start < len(hashes):
        size = 1 << (len(hashes) - start).bit_length() - 1
        found.append(_perfect(hashes[start : start + size]))
        start += size
    return found


def _perfect(hashes: Sequence[bytes]) -> bytes:
    sha256 = hashlib.sha256
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return hashes[0]


def bag(tops: Sequence[bytes]) -> bytes:
    """The root above perfect trees, of which each is smaller than the one before it."""
    if not tops:
        return EMPTY_ROOT
    *others, root = tops
    for top in reversed(others):
        root = node_hash(top, root)
    return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over hashes of leaves."""
    return bag(peaks(leaves))


# --- Proofs -----------------------------------------------------------------------------------------------------------


def inclusion_ranges(position: int, size: int) -> list[Range]:
    """Of which leaves the hashes in an inclusion proof are the roots (RFC 6962, 2.1.1), the smallest first.

    :raises ValueError: when there is no such leaf.
    """
    if not 0 <= position < size:
        raise ValueError(f"There is no leaf {position} in a tree of {size}.")
    found = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if position < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """The same of a proof that a tree of `new` leaves begins with one of `old` (RFC 6962, 2.1.2).

    :raises ValueError: when the new one is smaller, or the old one has no leaves.
    """
    if not 0 < old <= new:
        raise ValueError(f"A tree of {new} does not begin with one of {old}.")
    found = []
    start, end, is_whole = 0, new, True
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start, is_whole = middle, False
    return ([] if is_whole else [(start, end)]) + found[::-1]


def _split(size: int) -> int:
    """The largest power of two below it."""
    return 1 << (size - 1).bit_length() - 1


def verify_inclusion(leaf: bytes, position: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether this path leads from the leaf to the root."""
    if not 0 <= position < size:
        return False
    ranges = inclusion_ranges(position, size)
    if len(ranges) != len(path):
        return False
    found = leaf
    for (start, _end), other in zip(ranges, path, strict=True):
        found = node_hash(found, other) if start > position else node_hash(other, found)
    return found == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether this path shows that the new tree begins with the old one."""
    if not 0 < old <= new or len(consistency_ranges(old, new)) != len(path):
        return False
    return _old_and_new(old, new, list(path), old_root) == (old_root, new_root)


def _old_and_new(old: int, new: int, path: list[bytes], whole: bytes | None) -> tuple[bytes, bytes]:
    """The roots that follow from a path, of which the last hash is the nearest to the root. `whole` is the old root
    while nothing has been split off before it."""
    if old == new:
        top = path.pop() if whole is None else whole
        return top, top
    other, middle = path.pop(), _split(new)
    if old <= middle:
        first, second = _old_and_new(old, middle, path, whole)
        return first, node_hash(second, other)
    first, second = _old_and_new(old - middle, new - middle, path, None)
    return node_hash(other, first), node_hash(other, second)


# --- Tiles ------------------------------------------------------------------------------------------------------------


def tile_path(number: int, width: int = WIDTH) -> str:
    """Where a tile stands below its level: 1234067 is "x001/x234/067", a partial one has ".p/<width>" behind it."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return path if width == WIDTH else f"{path}.p/{width}"


TILE_PATH = re.compile(r"((?:x[0-9]{3}/){0,5})([0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


def parse_tile_path(path: str) -> tuple[int, int] | None:
    """Number and width of the tile that stands there; None when no tile is written so."""
    found = TILE_PATH.fullmatch(path)
    if found is None:
        return None
    number = int(found[1].replace("x", "").replace("/", "") + found[2])
    width = int(found[3] or WIDTH)
    return (number, width) if tile_path(number, width) == path and width <= WIDTH else None


def tiles(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, number and width of every tile of a tree, from the leaves up."""
    level = 0
    while count := size >> HEIGHT * level:
        for number in range(-(-count // WIDTH)):
            yield level, number, min(WIDTH, count - number * WIDTH)
        level += 1


def split_hashes(tile: bytes) -> list[bytes]:
    return [tile[start : start + HASH] for start in range(0, len(tile), HASH)]


class Tree:
    """A tree of `size` leaves that is kept in tiles. A tile is asked for once."""

    def __init__(self, size: int, load: Load) -> None:
        self.size = size
        self._load = load
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def hash_of(self, start: int, end: int) -> bytes:
        """The root over the leaves from `start` up to `end`, which is a part that the tree is split into, or all."""
        tops = []
        while start < end:
            height = (end - start).bit_length() - 1
            tops.append(self._perfect(start >> height, height))
            start += 1 << height
        return bag(tops)

    def root(self, size: int | None = None) -> bytes:
        """The root over all leaves, or over the first `size` of them."""
        return self.hash_of(0, self.size if size is None else size)

    def inclusion(self, position: int) -> list[bytes]:
        """That a leaf is in this tree.

        :raises ValueError: when there is no such leaf.
        """
        return [self.hash_of(*part) for part in inclusion_ranges(position, self.size)]

    def consistency(self, old: int) -> list[bytes]:
        """That this tree begins with the old one.

        :raises ValueError: when the old one is larger, or has no leaves.
        """
        return [self.hash_of(*part) for part in consistency_ranges(old, self.size)]

    def _perfect(self, number: int, height: int) -> bytes:
        level, above = divmod(height, HEIGHT)
        first = number << above
        tile = self._tile(level, first // WIDTH)
        place = first % WIDTH
        return _perfect(tile[place : place + (1 << above)])

    def _tile(self, level: int, number: int) -> list[bytes]:
        if (level, number) not in self._tiles:
            width = min(WIDTH, (self.size >> HEIGHT * level) - number * WIDTH)
            self._tiles[level, number] = split_hashes(self._load(level, number, width))
        return self._tiles[level, number]
