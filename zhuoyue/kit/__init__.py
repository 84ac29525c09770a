"""Mechanisms of the house; no noun of the domain lives here.

Sign-in user and bare tenant, access, actions and their audit chain, events, registries,
records and their pages, tables, forms, files, imports, jobs, signing, documents and charts.
"""
