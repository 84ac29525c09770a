"""surveys · 调查: questionnaires, waves and the answers people gave.

Clauses 5.4, 6.3.1. Owns: questionnaire, item, wave, response.
Answers are kept without names and with the day only, unless a wave says otherwise.
"""
