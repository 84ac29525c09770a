"""Rehearsing a journey before it is promised: queues, staff and working hours, simulated."""
