"""The tree: the vectors of the field, an implementation that is not ours, and whatever numbers Hypothesis thinks of."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.merkle import (
    EMPTY_ROOT,
    WIDTH,
    Load,
    Tree,
    leaf_hash,
    node_hash,
    parse_tile_path,
    root_of,
    tile_path,
    tiles,
    verify_consistency,
    verify_inclusion,
)

# The leaves and roots that implementations of RFC 6962 are tried with, as in the tests of Certificate Transparency.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MOST = 1100
DATA = [number.to_bytes(2, "big") for number in range(MOST)]
LEAVES = [leaf_hash(data) for data in DATA]
OTHER = leaf_hash(b"other")

sizes = st.one_of(st.integers(1, 20), st.sampled_from([255, 256, 257, 511, 512, 513]), st.integers(1, MOST))


@pytest.fixture(scope="module")
def oracle() -> pymerkle.InmemoryTree:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for data in DATA:
        tree.append_entry(data)
    return tree


def kept(leaves: Sequence[bytes]) -> Load:
    """These leaves, as tiles."""
    levels = [list(leaves)]
    while len(levels[-1]) >= WIDTH:
        below = levels[-1]
        full = range(0, len(below) - WIDTH + 1, WIDTH)
        levels.append([root_of(below[start : start + WIDTH]) for start in full])

    def load(level: int, number: int, width: int) -> bytes:
        found = levels[level][number * WIDTH :][:width]
        assert len(found) == width
        return b"".join(found)

    return load


def tree_of(size: int) -> Tree:
    return Tree(size, kept(LEAVES[:size]))


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_field(size: int) -> None:
    assert root_of([leaf_hash(data) for data in INPUTS[:size]]).hex() == ROOTS[size - 1]


def test_a_tree_without_leaves_has_the_root_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT == hashlib.sha256(b"").digest()


def test_a_leaf_is_never_taken_for_a_node() -> None:
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_path_of_a_leaf_is_the_one_that_another_implementation_gives(
    oracle: pymerkle.InmemoryTree, data: st.DataObject
) -> None:
    size = data.draw(sizes)
    position = data.draw(st.integers(0, size - 1))
    tree = tree_of(size)

    theirs = oracle.prove_inclusion(position + 1, size)

    assert tree.root() == root_of(LEAVES[:size]) == oracle.get_root(size)
    assert [LEAVES[position], *tree.inclusion(position)] == theirs.path
    theirs.verify(LEAVES[position], tree.root(), index=position + 1, size=size)
    assert verify_inclusion(LEAVES[position], position, size, tree.inclusion(position), tree.root())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_other_leaf_place_size_root_or_path_passes(data: st.DataObject) -> None:
    size = data.draw(sizes)
    position = data.draw(st.integers(0, size - 1))
    tree = tree_of(size)
    leaf, path, root = LEAVES[position], tree.inclusion(position), tree.root()
    place = data.draw(st.integers(0, max(len(path) - 1, 0)))

    assert not verify_inclusion(OTHER, position, size, path, root)
    assert not verify_inclusion(leaf, position, size, path, OTHER)
    assert not verify_inclusion(leaf, position, size, [*path, OTHER], root)
    assert not verify_inclusion(leaf, size, size, path, root)
    assert not verify_inclusion(leaf, -1, size, path, root)
    if path:
        assert not verify_inclusion(leaf, position ^ 1, size, path, root)
        assert not verify_inclusion(leaf, position, size, path[:-1], root)
        assert not verify_inclusion(leaf, position, size, [*path[:place], OTHER, *path[place + 1 :]], root)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_tree_shows_that_it_begins_with_every_smaller_one_as_another_implementation_does(
    oracle: pymerkle.InmemoryTree, data: st.DataObject
) -> None:
    new = data.draw(sizes)
    old = data.draw(st.integers(1, new))
    tree = tree_of(new)
    old_root, new_root, path = root_of(LEAVES[:old]), tree.root(), tree.consistency(old)

    oracle.prove_consistency(old, new).verify(old_root, new_root, prior_size=old, later_size=new)
    assert tree.root(old) == old_root
    assert verify_consistency(old, new, old_root, new_root, path)
    assert not verify_consistency(old, new, OTHER, new_root, path)
    assert not verify_consistency(old, new, old_root, OTHER, path)
    assert not verify_consistency(old, new, old_root, new_root, [*path, OTHER])
    assert not verify_consistency(new + 1, new, old_root, new_root, path)
    if path:
        assert not verify_consistency(old, new, old_root, new_root, path[:-1])
        assert not verify_consistency(old, new, old_root, new_root, [OTHER, *path[1:]])


@pytest.mark.parametrize(("position", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_a_leaf_that_is_not_there_has_no_path(position: int, size: int) -> None:
    with pytest.raises(ValueError, match="There is no leaf"):
        Tree(size, kept(LEAVES[:size])).inclusion(position)


@pytest.mark.parametrize("old", [0, 4])
def test_no_tree_begins_with_nothing_or_with_a_larger_one(old: int) -> None:
    with pytest.raises(ValueError, match="does not begin"):
        tree_of(3).consistency(old)


# --- Tiles ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (0, WIDTH, "000"),
        (999, WIDTH, "999"),
        (1000, WIDTH, "x001/000"),
        (1234067, WIDTH, "x001/x234/067"),
        (273, 112, "273.p/112"),
        (1234067, 1, "x001/x234/067.p/1"),
    ],
)
def test_a_tile_stands_where_the_standard_says(number: int, width: int, path: str) -> None:
    assert tile_path(number, width) == path
    assert parse_tile_path(path) == (number, width)


@pytest.mark.parametrize(
    "path",
    ["", "1", "0000", "x000/001", "x001/x234/67", "001/002", "000.p/0", "000.p/256", "000.p/01", "000.p/999", "000/",
     "../000", "x001/000.p", "٠٠١"],
)  # fmt: skip
def test_what_is_written_otherwise_is_no_tile(path: str) -> None:
    assert parse_tile_path(path) is None


@given(st.integers(0, 10**12), st.integers(1, WIDTH))
def test_each_tile_has_one_place(number: int, width: int) -> None:
    assert parse_tile_path(tile_path(number, width)) == (number, width)


def test_a_tree_of_seventy_thousand_has_the_tiles_of_the_standard_s_example() -> None:
    found = list(tiles(70_000))

    assert [sum(level == wanted for level, _number, _width in found) for wanted in range(4)] == [274, 2, 1, 0]
    assert [tile for tile in found if tile[2] < WIDTH] == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]


def test_two_hundred_and_fifty_six_leaves_are_one_full_tile_and_one_node() -> None:
    assert list(tiles(256)) == [(0, 0, 256), (1, 0, 1)]
