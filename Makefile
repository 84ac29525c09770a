# The commands of Zhuoyue. `make run` and `make test` need git, make and Python 3.12 to 3.14, nothing else.

PYTHON ?=
WORKERS ?= 2
ARGS ?=
PY := .venv/bin/python
# Wheels only, hashes always, for every platform at once, and no address of any package host in the result.
COMPILE = .venv/bin/uv pip compile pyproject.toml --quiet --extra platform --universal --python-version 3.12 \
	--only-binary :all: --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	$(if $(UPGRADE),--upgrade)

# One BLAS thread per process: more of them on busy cores are slower by two orders of magnitude.
export OPENBLAS_NUM_THREADS ?= 1
export PYTHON
unexport PYTHONHOME PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help run test lint lint-style lint-types lint-fence lint-texts format messages bench bench-library bench-peers lock clean setup setup-dev

help: ## 列出命令 / list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile

run: setup ## 安装并启动平台（HOST、PORT、DATABASE_URL） / set up and serve the platform
	@exec .venv/bin/zhuoyue serve

test: setup-dev ## 安装并运行全部测试（ARGS=路径或选项） / set up and run the whole suite
	@$(PY) -m pytest -n $(WORKERS) $(ARGS)

lint: lint-style lint-types lint-fence lint-texts ## 检查格式、类型、楼层和译文 / check style, types, the fence and the translations

lint-style: setup-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

lint-types: setup-dev
	$(PY) -m mypy zhuoyue tests scripts

lint-fence: setup-dev
	.venv/bin/lint-imports

lint-texts: setup-dev
	$(PY) scripts/messages.py --check

format: setup-dev ## 整理格式 / put the code into shape
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

messages: setup-dev ## 收集待译文字 / collect the texts to translate
	$(PY) scripts/messages.py
	$(PY) -m scripts.compile_messages

bench: setup-dev ## 计时 / measure
	@$(PY) -m scripts.bench $(ARGS)

bench-library: setup-dev ## 分析库与极限、同类软件并排计时 / the library beside its limits and peers
	@$(PY) -m scripts.bench_library $(ARGS)

bench-peers: setup-dev ## 安装同类软件（.venv-peers） / install the peers
	@$(PY) -m scripts.bench_peers

lock: setup-dev ## 重算依赖锁（UPGRADE=1 取新版本） / lock the dependencies again
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group build --group dev -c requirements.lock -o requirements-dev.lock

clean: ## 删除可重建的文件（数据不动） / remove what can be made again, never data
	rm -rf .venv .venv-peers node_modules zhuoyue/kit/static/kit/dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	@scripts/setup.sh run

setup-dev:
	@scripts/setup.sh dev
