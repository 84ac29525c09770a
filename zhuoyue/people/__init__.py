"""people · 人员与组织: the centre, its departments and people, roles, and whom they serve.

Clauses 3.1, 4.3, 4.4. Owns: centre, department, person, role, recipient, recipient contact.
"""
