"""catalogue · 服务目录: what the centre offers, where it meets its recipients, what it promises.

Clauses 3.2, 3.3, X2b. Owns: service with its pyramid level, touchpoint (the type, not the contact),
service standard.
"""
