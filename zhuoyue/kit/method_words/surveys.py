"""Chinese sentences of `zhuoyue.analysis.surveys`."""

ZH: dict[str, str] = {
    "survey_scale": "量表由 {low:g} 到 {high:g} 不成立；上端须大于下端。",
    "survey_answer_outside": "第 {row} 行的答案为 {value:g}；须在 {low:g} 与 {high:g} 之间。请更正、留空，或注明量表。",
    "survey_answers_few": "只有 {n} 份答案；至少需要 {needed} 份。",
    "share_counts": "{name}：{total} 中的 {count} 不成比例。请给整数，总数大于零，计数在零与总数之间。",
    "survey_unanswered": "{rows} 行中有 {gaps} 行未作答，已略去；作答者可能与未作答者不同。",
    "share_columns": "现有 {columns} 列；请给三列：名称、计数、总数。",
    "sample_columns": "现有 {columns} 列；请给两列：名称与总体数。",
    "sample_population": "{name} 的总体为 {size}；请给不小于 1 的整数。",
}  # fmt: skip
