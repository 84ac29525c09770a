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
    "icc_raters_few": "只有 {raters} 位评分者；请把对象放在行、至少两位评分者放在列。",
    "icc_targets_few": "所有评分者都评过的对象有 {targets} 个（{dropped} 个有缺）；至少需要 2 个。",
    "icc_targets_alike": "所有对象的均值相同，无从区分。",
    "icc_no_error": "评分者之间至多相差一个常数，没有误差，也就没有区间。请检查各列是否为复制。",
    "icc_form_unknown": "没有 {name} 这种形式。可用：{known}。",
    "icc_dropped": "{targets} 个对象中有 {dropped} 个有缺，已略去。",
    "icc_targets_thin": "只有 {targets} 个对象：请看区间，而不只看系数。",
    "icc_negative": "有系数低于零：同一对象内评分者之间的差异大于对象之间的差异。请视为没有一致性。",
}  # fmt: skip
