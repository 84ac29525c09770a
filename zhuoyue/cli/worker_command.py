"""`zhuoyue worker`: does the jobs; `zhuoyue serve` starts one by itself."""

import argparse

HELP = {"zh": "后台作业进程", "en": "the process that does background jobs"}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("--parent", type=int, default=None, help=argparse.SUPPRESS)
    parser.add_argument(
        "--once",
        action="store_true",
        help="做完队列即退出" if language == "zh" else "end when the queue is empty",
    )


def run(args: argparse.Namespace) -> int:
    from zhuoyue.kit.jobs import worker

    worker.run(once=args.once, parent=args.parent)
    return 0
