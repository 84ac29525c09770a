"""demo · 演示: a made-up centre, filled through the rooms' actions with an injected clock.

Its survey answers come from a model whose effects are known, so that what the evaluation finds can
be held against what was put in.
"""
