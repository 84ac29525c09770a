"""schemes · 服务方案: what is promised to a recipient, drafted together, signed and accepted.

Clauses 5.1, 5.2, 6.3.2, 4.4. Owns: scheme, scheme version, card, journey stage and touchpoint,
design element, trace link.
"""
