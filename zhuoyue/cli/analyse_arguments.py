"""The arguments of `zhuoyue analyse`, their help in both languages."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

REPLICATES_OF_REPORT = 5000
PERMUTATIONS = 1000

# name, help in Chinese, help in English, what argparse is to do with it
ARGUMENTS: tuple[tuple[str, str, str, Mapping[str, Any]], ...] = (
    (
        "answers",
        "答卷：CSV、Excel 或 Parquet 文件，首行为列名",
        "the answers: a CSV, Excel or Parquet file with a header",
        {"metavar": "ANSWERS", "type": Path},
    ),
    (
        "--model",
        "模型：YAML 文件，或 “构念 =~ 题项”“结果 ~ 前因” 的文本文件",
        "the model: a YAML file, or text like “Construct =~ item” and “Target ~ Source”",
        {"metavar": "MODEL", "type": Path, "required": True},
    ),
    (
        "--sheet",
        "Excel 文件中的工作表；不给则取第一个有数据的表",
        "the sheet of an Excel file; its first with data unless given",
        {"metavar": "NAME"},
    ),
    (
        "--scheme",
        "内部加权方案，默认 path",
        "inner weighting scheme; path unless given",
        {"choices": ["path", "factorial", "centroid"], "default": "path"},
    ),
    (
        "--items",
        "题项标准化（默认）或只作中心化",
        "items standardised (default) or only centred",
        {"choices": ["standardised", "centred"], "default": "standardised"},
    ),
    (
        "--missing",
        "缺答：剔除该行（默认）、以均值替代、成对使用",
        "missing answers: drop the row (default), put in the mean, use pairs",
        {"choices": ["listwise", "mean", "pairwise"], "default": "listwise"},
    ),
    (
        "--missing-code",
        "表示未答的代码，可给多个",
        "codes that mean no answer",
        {"metavar": "X", "nargs": "+", "action": "extend", "default": []},
    ),
    (
        "--scale",
        "问卷的最低分和最高分；不给则采用所见最低与最高答案",
        "lowest and highest answer of the questionnaire; else the extremes seen are taken",
        {"metavar": ("LOW", "HIGH"), "nargs": 2, "type": float},
    ),
    (
        "--group",
        "按该列分组，另给各组的结果，并比较两组（至多 5 组两两比较）",
        "a column whose values are groups; each gets its own result, and up to 5 are compared",
        {"metavar": "COLUMN"},
    ),
    (
        "--permutations",
        f"比较各组的置换次数；有 --group 时默认 {PERMUTATIONS}，0 表示不比较",
        f"permutations to compare groups; {PERMUTATIONS} with --group unless given, 0 for none",
        {"metavar": "N", "type": int},
    ),
    (
        "--replicates",
        f"自助抽样次数；默认 0（无区间），写报告时 {REPLICATES_OF_REPORT}",
        f"bootstrap replicates; 0 (no intervals) unless given, {REPLICATES_OF_REPORT} for a report",
        {"metavar": "N", "type": int},
    ),
    (
        "--interval",
        "区间的算法：百分位（默认）、BCa、t",
        "how the limits are set: percentiles (default), BCa, or Student's t",
        {"choices": ["percentile", "bca", "t"], "default": "percentile"},
    ),
    (
        "--seed",
        "随机种子，默认 1；同一种子结果相同",
        "seed, 1 unless given; the same seed gives the same result",
        {"metavar": "S", "type": int, "default": 1},
    ),
    (
        "--json",
        "把全部结果写成 JSON（双精度）",
        "write the whole result as JSON, in full precision",
        {"metavar": "OUT", "type": Path},
    ),
    (
        "--report",
        "写成 Word 或 PDF 报告（需要平台组件）",
        "write a Word or PDF report (needs the platform)",
        {"metavar": "OUT.docx|OUT.pdf", "type": Path},
    ),
)


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    for name, chinese, english, how in ARGUMENTS:
        parser.add_argument(name, help=chinese if language == "zh" else english, **how)
    # After the command as well as before it; the language was found before reading.
    parser.add_argument("--lang", choices=["zh", "en"], default=language)
