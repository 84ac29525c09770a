"""improvement · 改进: improvement actions by plan, do, check, act, and whether they had an effect.

Clauses 5.4, 6.4.2. Owns: improvement action, cause, step, effect check.
"""
