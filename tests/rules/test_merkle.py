"""The tree of RFC 6962: against published vectors, against the definition, and against small trees by hand."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.rules import merkle

few = settings(max_examples=60, deadline=None)
VECTORS = Path(__file__).parents[3] / "shared" / "data" / "rfc6962"
INCLUSION = sorted(VECTORS.glob("inclusion/**/*.json"))
CONSISTENCY = sorted(VECTORS.glob("consistency/**/*.json"))
absent = pytest.mark.skipif(
    not VECTORS.is_dir(),
    reason="RFC 6962 VECTORS NOT CHECKED: ../shared/data/rfc6962 is not beside the project",
)


def sha(data):
    """SHA-256."""
    return hashlib.sha256(data).digest()


def name(path):
    """A vector by its folder and file."""
    return f"{path.parent.name}-{path.stem}"


def raw(text):
    """Bytes of a vector."""
    return base64.b64decode(text or "")


@absent
def test_all_vectors_are_there():
    """98 of each kind, so that none is lost unseen."""
    assert (len(INCLUSION), len(CONSISTENCY)) == (98, 98)


@absent
@pytest.mark.parametrize("path", INCLUSION, ids=name)
def test_published_inclusion_vector(path):
    """Each proof is taken or refused as its publisher says."""
    case = json.loads(path.read_bytes())
    proof = [raw(one) for one in case["proof"] or []]
    held = merkle.verify_inclusion(
        case["leafIdx"], case["treeSize"], leaf=raw(case["leafHash"]), proof=proof, expected=raw(case["root"])
    )
    assert held is not case["wantErr"]


@absent
@pytest.mark.parametrize("path", CONSISTENCY, ids=name)
def test_published_consistency_vector(path):
    """Each proof is taken or refused as its publisher says."""
    case = json.loads(path.read_bytes())
    proof = [raw(one) for one in case["proof"] or []]
    held = merkle.verify_consistency(
        case["size1"], case["size2"], old_root=raw(case["root1"]), new_root=raw(case["root2"]), proof=proof
    )
    assert held is not case["wantErr"]


def leaves(size):
    """Leaf hashes of the first so many entries."""
    return [merkle.leaf_hash(bytes([at % 256, at // 256])) for at in range(size)]


def defined(hashes):
    """The root by the recursive definition of RFC 6962 §2.1, written apart from the code under test."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha(b"")
    middle = 1
    while middle * 2 < len(hashes):
        middle *= 2
    return sha(b"\1" + defined(hashes[:middle]) + defined(hashes[middle:]))


class Store(dict):
    """Nodes as a table holds them: level, index → hash."""

    def add(self, size, hashes):
        """Append leaf hashes to a tree of `size` leaves."""
        for node in merkle.append(size, hashes, self.get_node):
            assert (node.level, node.idx) not in self
            self[node.level, node.idx] = node.hash
        return self

    def get_node(self, level, idx):
        """What a proof reads."""
        return self[level, idx]


def test_hashes_by_hand():
    """Leaf, node, empty tree and the roots of one to three leaves, computed here."""
    a, b, c = (sha(b"\0" + entry) for entry in (b"a", b"b", b"c"))
    ab = sha(b"\1" + a + b)
    assert merkle.leaf_hash(b"a") == a
    assert merkle.node_hash(a, b) == ab
    assert merkle.root([]) == sha(b"")
    assert merkle.root([a]) == a
    assert merkle.root([a, b]) == ab
    assert merkle.root([a, b, c]) == sha(b"\1" + ab + c)


def test_known_roots():
    """Figures computed once and kept: the empty tree, and one empty entry."""
    assert merkle.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@few
@given(st.integers(0, 70), st.integers(0, 70))
def test_appending_in_two_batches_is_appending_in_one(first, second):
    """However the log is drained, the stored nodes are the same and each is stored once."""
    whole = leaves(first + second)
    assert Store().add(0, whole[:first]).add(first, whole[first:]) == Store().add(0, whole)
    assert merkle.root(whole) == defined(whole)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 9, 64, 100])
def test_appending_reads_the_edge_alone(size):
    """The places that `edge` names are all that a caller has to fetch."""
    store = Store().add(0, leaves(size))
    known = Store({place: store[place] for place in merkle.edge(size)})
    grown = list(merkle.append(size, leaves(size + 3)[size:], known.get_node))
    assert [node.idx for node in grown if node.level == 0] == [size, size + 1, size + 2]
    assert merkle.root_from_nodes(size, known.get_node) == defined(leaves(size))


@few
@given(st.data(), st.integers(1, 90))
def test_every_inclusion_proof_holds_and_reads_what_it_says(data, size):
    """For each leaf of each tree, from no more nodes than announced."""
    index = data.draw(st.integers(0, size - 1))
    store = Store().add(0, leaves(size))
    known = Store({place: store[place] for place in merkle.inclusion_nodes(index, size)})
    proof = merkle.inclusion_proof(index, size, known.get_node)
    told = {"leaf": leaves(size)[index], "proof": proof, "expected": defined(leaves(size))}
    assert merkle.verify_inclusion(index, size, **told)
    assert not merkle.verify_inclusion(index, size, **{**told, "leaf": merkle.leaf_hash(b"another")})
    assert not merkle.verify_inclusion(index, size, **{**told, "proof": (*proof, sha(b""))})
    assert not merkle.verify_inclusion(index, size, **{**told, "expected": sha(b"another")})


@few
@given(st.data(), st.integers(1, 90))
def test_every_consistency_proof_holds_and_reads_what_it_says(data, new):
    """For each beginning of each tree, the whole included."""
    old = data.draw(st.integers(1, new))
    store = Store().add(0, leaves(new))
    known = Store({place: store[place] for place in merkle.consistency_nodes(old, new)})
    proof = merkle.consistency_proof(old, new, known.get_node)
    told = {"old_root": defined(leaves(old)), "new_root": defined(leaves(new)), "proof": proof}
    assert merkle.verify_consistency(old, new, **told)
    assert not merkle.verify_consistency(old, new, **{**told, "old_root": sha(b"another")})
    assert not merkle.verify_consistency(old, new, **{**told, "proof": (*proof, sha(b""))})


def test_from_nothing_nothing_is_shown():
    """Every tree continues the empty one, so that the proof is empty and convinces nobody."""
    assert merkle.consistency_proof(0, 9, Store().add(0, leaves(9)).get_node) == ()
    for new in (0, 9):
        roots = {"old_root": merkle.EMPTY_ROOT, "new_root": defined(leaves(new))}
        assert not merkle.verify_consistency(0, new, **roots, proof=[])


def test_a_rewritten_entry_breaks_consistency():
    """An operator who changes one old entry cannot show his new tree to continue the old one."""
    old, new = leaves(5), leaves(9)
    forged = [merkle.leaf_hash(b"forged"), *new[1:]]
    store = Store().add(0, forged)
    proof = merkle.consistency_proof(5, 9, store.get_node)
    roots = {"old_root": defined(old), "new_root": defined(forged)}
    assert not merkle.verify_consistency(5, 9, **roots, proof=proof)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_no_proof_for_a_leaf_that_is_not_there(index, size):
    """Asking for one is a mistake of the caller."""
    with pytest.raises(ValueError, match="is not in a tree"):
        merkle.inclusion_nodes(index, size)
    assert not merkle.verify_inclusion(index, size, leaf=sha(b""), proof=[], expected=sha(b""))


@pytest.mark.parametrize(("old", "new"), [(4, 3), (-1, 3)])
def test_no_proof_for_a_tree_that_shrank(old, new):
    """Asking for one is a mistake of the caller."""
    with pytest.raises(ValueError, match="does not begin"):
        merkle.consistency_nodes(old, new)
    assert not merkle.verify_consistency(old, new, old_root=sha(b""), new_root=sha(b""), proof=[])


def test_sizes_are_words_of_64_bits():
    """Larger figures than other implementations hold are refused, not computed."""
    one = sha(b"one")
    assert not merkle.verify_inclusion(0, 2**64, leaf=one, proof=[one] * 64, expected=one)
    assert not merkle.verify_consistency(1, 2**64, old_root=one, new_root=one, proof=[one] * 64)


def test_a_proof_of_other_sizes_than_hashes_is_refused():
    """A part of two hashes in one element would otherwise shift what is hashed."""
    a, b = leaves(2)
    assert merkle.verify_inclusion(0, 2, leaf=a, proof=[b], expected=defined([a, b]))
    assert not merkle.verify_inclusion(0, 2, leaf=a, proof=[b, b""], expected=defined([a, b]))
    assert not merkle.verify_consistency(1, 2, old_root=a, new_root=defined([a, b]), proof=[b[:31]])


def test_an_empty_proof_shows_nothing_between_different_sizes():
    """Neither for a complete old tree nor for a ragged one."""
    for old in (2, 3):
        roots = {"old_root": defined(leaves(old)), "new_root": defined(leaves(5))}
        assert not merkle.verify_consistency(old, 5, **roots, proof=[])


def test_computing_a_root_reads_no_store():
    """A tree without a store has no earlier nodes to ask for."""
    with pytest.raises(KeyError):
        merkle._nothing(0, 0)
