"""reports · 报告: printed editions of what the rooms hold.

Clause 5.4. Owns no rows: a report is composed from the rooms at the moment it is asked for.
"""
