"""standard · 标准: the standard as data: clauses, concepts, practices, measures and terms.

No clause of its own: every room refers to these ids. The texts are ours, in zh and en; what the
printed copy lacks is marked. A second standard is another folder of data.
"""
