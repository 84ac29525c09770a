"""Set-up does what changed and nothing else, also after it was interrupted."""

from pathlib import Path

import pytest

from scripts import prepare

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a front end, whose set-up commands are only written down."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text("uv==1.0 \\\n    --hash=sha256:00\n", "utf-8")
    for name in ("pyproject.toml", "package.json", "package-lock.json", "frontend/build.mjs"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/uv").touch()
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "BIN", tmp_path / ".venv/bin")
    monkeypatch.setattr(prepare, "STAMPS", tmp_path / ".venv/stamps.json")
    monkeypatch.setattr(prepare, "DIST", tmp_path / "dist")
    return tmp_path


class Recorder:
    """Stands for the commands: notes each, makes the folders they would make, fails on demand."""

    def __init__(self, checkout: Path) -> None:
        self.checkout = checkout
        self.steps: list[str] = []
        self.failing = ""

    def __call__(
        self, command: list[str], what: str, environment: dict[str, str] | None = None
    ) -> None:
        if what == self.failing:
            raise prepare.SetupFailed(what)
        self.steps.append(what)
        folder = {"npm": "node_modules", "frontend/build.mjs": "dist"}.get(what)
        if folder:
            (self.checkout / folder).mkdir(exist_ok=True)

    def during(self, level: str) -> list[str]:
        self.steps = []
        prepare.main(level)
        return self.steps


@pytest.fixture
def recorder(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder(checkout)
    monkeypatch.setattr(prepare, "run", recorder)
    monkeypatch.setattr(prepare, "mirror_settings", dict)  # asks pip, half a second each time
    return recorder


EVERYTHING = ["Python", "Python", "npm", "frontend/build.mjs", "translations"]


def test_the_second_time_only_translations_are_looked_at(recorder: Recorder) -> None:
    assert recorder.during("run") == EVERYTHING
    assert recorder.during("run") == ["translations"]


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        ("requirements.lock", ["Python", "Python"]),
        ("pyproject.toml", ["Python", "Python"]),
        ("package-lock.json", ["npm", "frontend/build.mjs"]),
        ("frontend/build.mjs", ["frontend/build.mjs"]),
    ],
)
def test_a_changed_file_repeats_its_own_steps(
    recorder: Recorder, changed: str, steps: list[str]
) -> None:
    recorder.during("run")
    (recorder.checkout / changed).write_text("changed", "utf-8")
    assert recorder.during("run") == [*steps, "translations"]
    assert recorder.during("run") == ["translations"]


@pytest.mark.parametrize("failing", ["Python", "npm", "frontend/build.mjs"])
def test_an_interrupted_step_is_taken_up_again(recorder: Recorder, failing: str) -> None:
    recorder.failing = failing
    before = recorder.during("run")
    recorder.failing = ""
    after = recorder.during("run")
    assert failing not in before
    assert after == [step for step in EVERYTHING if step not in before or step == "translations"]


def test_running_after_testing_keeps_the_tools_of_the_tests(recorder: Recorder) -> None:
    recorder.during("run")
    assert recorder.during("dev") == ["Python", "Python", "translations"]
    assert recorder.during("run") == ["translations"]


def test_a_failure_ends_with_a_sentence_and_not_with_a_traceback(
    recorder: Recorder, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder.failing = "npm"
    assert prepare.main("run") == 1
    assert capsys.readouterr().err == "npm\n"


def test_uv_itself_is_installed_at_its_locked_version_and_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    lines = prepare.locked_block(lock, "uv").splitlines()
    assert lines[0].startswith("uv==")
    assert len(lines) > 1
    assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])


def test_the_mirror_that_pip_is_set_to_serves_uv_too() -> None:
    listing = (
        ":env:.index-url='http://mirror.example/env'\n"
        "global.index-url='http://mirror.example/file'\n"
        "global.cert='/etc/ssl/own.pem'\n"
        "global.timeout='60'\n"
    )
    assert prepare.translate_pip_settings(listing) == {
        "UV_DEFAULT_INDEX": "http://mirror.example/env",
        "SSL_CERT_FILE": "/etc/ssl/own.pem",
    }
    assert prepare.translate_pip_settings("") == {}
