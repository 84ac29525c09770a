"""Argument errors and the frame of the help in Chinese; the library speaks English only."""

import argparse
import re
from typing import NoReturn

FRAME = (
    ("usage: ", "用法："),
    ("\npositional arguments:\n", "\n参数：\n"),
    ("\noptions:\n", "\n选项：\n"),
    ("show this help message and exit", "显示本说明并退出"),
)
ERRORS = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1。"),
    (r"unrecognized arguments: (.*)", r"无法识别的参数：\1。"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"\1 不能是 \2，可选：\3。"),
    (r"argument (.*?): invalid (?:int|integer) value: (.*)", r"\1 的值 \2 不是整数。"),
    (r"argument (.*?): invalid float value: (.*)", r"\1 的值 \2 不是数字。"),
    (r"argument (.*?): expected one argument", r"\1 后须有一个值。"),
    (r"argument (.*?): expected at least one argument", r"\1 后至少须有一个值。"),
    (r"argument (.*?): expected (\d+) arguments", r"\1 后须有 \2 个值。"),
    (r"ambiguous option: (.*?) could match (.*)", r"\1 可指多个选项：\2。"),
)


class ChineseParser(argparse.ArgumentParser):
    """What argparse says, in Chinese; a sentence it does not know stays as it is."""

    def error(self, message: str) -> NoReturn:
        super().error(in_chinese(message))

    def format_usage(self) -> str:
        return framed(super().format_usage())

    def format_help(self) -> str:
        return framed(super().format_help())


def in_chinese(message: str) -> str:
    for english, chinese in ERRORS:
        found = re.fullmatch(english, message, re.DOTALL)
        if found:
            return found.expand(chinese)
    return message


def framed(text: str) -> str:
    for english, chinese in FRAME:
        text = text.replace(english, chinese, 1)
    return text
