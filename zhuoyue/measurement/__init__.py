"""measurement · 测量: the measures of the standard, folded over what the rooms declare.

Clauses 5.4, 6.4.2. Owns: target.
A measure that no room can compute yet, or that has no records, is "not yet measured".
"""
