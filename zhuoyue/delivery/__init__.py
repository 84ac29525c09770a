"""delivery · 服务交付与接触: what happens while a service is delivered.

Cases with their clocks and promises; every contact with what was felt, in the way, and possible.
事项及其时限与承诺；每次接触时的感受、障碍与机会。

Clauses 5.3, 6.3.2. Owns: case, contact, and the daily figures of contacts.
"""
