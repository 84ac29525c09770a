"""needs · 需求与心声: what recipients ask for and say, and what they need, expect and wish.

Clauses 5.1, 6.3.1, 4.1, 4.2. Owns: request, source, verbatim, need.
"""
