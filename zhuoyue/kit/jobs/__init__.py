"""Jobs: `django.tasks` is the one way to write them; a row of the database is the one queue.

A worker holds a job by a lease and renews it while it works. A worker that is killed renews no
lease, so another one takes the job up again. Results are written by actions, whole or not at all:
a job taken up again finds either nothing or the finished thing.
"""
