"""Settings of the test suite: quick hashing, a data folder that goes away."""

import atexit
import os
import shutil
import tempfile

if "ZHUOYUE_DATA" not in os.environ:
    os.environ["ZHUOYUE_DATA"] = tempfile.mkdtemp(prefix="zhuoyue-test-")
    atexit.register(shutil.rmtree, os.environ["ZHUOYUE_DATA"], ignore_errors=True)

from zhuoyue.config.settings import *  # noqa: F403 - a settings module is its names

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A test that wants the queue asks for it; elsewhere a job is done at once.
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
