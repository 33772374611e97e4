"""Whatever comes in, reading ends in a value or in an error with its file."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from registry.domain.errors import BadInput
from registry.engines.documents.document import locate_all, read
from registry.engines.documents.limits import Limits

NAMES = st.sampled_from(["any.json", "any.yaml", "any"])
NOTATION = st.text(st.sampled_from("{}[]:,-?&*!|>'\"%@#~<.=\\ \t\n\raeux01"), max_size=40)


@given(NAMES, st.binary(max_size=40) | st.text(max_size=40).map(str.encode) | NOTATION.map(str.encode))
@example("any.json", b"[NaNa")
@example("any.json", b"[1e999x")
@example("any.json", b'{"a":1,"a":2}]')
@example("any.json", b'"\\"[[[[')
@example("any.yaml", b"- &a\n- *a")
@example("any.yaml", b"&a a: &a *a")
@example("any.yaml", b"? |\n")
def test_any_text(name: str, data: bytes) -> None:
    """There is a value, in which the whole document and a member are looked for, or an error that names the file."""
    try:
        document = read(name, data, Limits(depth=3, nodes=12))
    except BadInput as error:
        answer = error
    else:
        assert "" in locate_all(document, ["", "/a/0"])
        return
    assert answer.place is not None
    assert answer.place.file == name
    assert answer.message
