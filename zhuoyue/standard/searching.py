"""What the standard offers to pages over all rooms: its part of the search."""

from zhuoyue.kit.access import Actor
from zhuoyue.kit.registry import Hit, searches
from zhuoyue.standard.library import search


@searches
def entries(actor: Actor, text: str) -> list[Hit]:
    from zhuoyue.standard.pages import address_of

    return [
        Hit(e.label, e.text("summary") or e.text("must"), address_of(e)) for e in search(text, 15)
    ]
