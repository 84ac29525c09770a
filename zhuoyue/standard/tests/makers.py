"""Who may open the library: every member."""

from tests.cast import EVERYONE, Row

MATRIX = {
    "standard:overview": Row(EVERYONE),
    "standard:clause": Row(EVERYONE, lambda cast: {"id": "5.4"}, shared=True),
    "standard:concepts": Row(EVERYONE),
    "standard:concept": Row(EVERYONE, lambda cast: {"code": "X1a"}, shared=True),
    "standard:search": Row(EVERYONE, data={"q": "接触点"}),
    "standard:practices": Row(EVERYONE),
    "standard:measures": Row(EVERYONE),
    "standard:terms": Row(EVERYONE),
}
