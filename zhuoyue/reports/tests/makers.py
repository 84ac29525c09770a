"""Who may open the pages of reports."""

from tests.cast import STAFF, Row
from zhuoyue.studies.tests.makers import done

MATRIX = {
    "reports:evaluation": Row(
        STAFF,
        lambda cast: {
            "pk": cast.once("studies:study", done).pk,
            "language": "zh",
            "ending": "docx",
        },
    ),
}
