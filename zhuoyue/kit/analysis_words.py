"""What the library says in codes, in words of both languages (needs no Django)."""

from collections.abc import Mapping
from typing import Any

from zhuoyue.analysis import CAUTION_TEXTS, ERROR_TEXTS, AnalysisError, Caution
from zhuoyue.kit.method_words import (
    proving,
    rehearsing,
    surveys,
    understanding,
    watching,
    weighing,
    words,
)

_FAMILIES = (proving, rehearsing, surveys, understanding, watching, weighing, words)

ZH: Mapping[str, str] = {
    **{code: text for family in _FAMILIES for code, text in family.ZH.items()},
    # input of a method
    "option_unknown": "{file} 中的选项 {option} 不为本方法所知。可用：{known}。",
    "option_missing": "缺少选项 {option}。请给出：{expected}。",
    "option_invalid": "选项 {option} 为 {value}，须为 {expected}。",
    "table_missing": "{file} 没有表。请给出 columns（列名）和 rows（各行的列表）。",
    "table_row_length": "{file} 第 {row} 行有 {found} 格，而列有 {expected} 个。请更正。",
    "label_duplicate": "{file} 的各行中 {label} 出现两次。每行名称须唯一。",
    "label_missing": "{file} 第 {row} 行第一列没有名称。请填写。",
    "cell_missing": "{file} 第 {row} 行 {column} 列为空。请填入数字。",
    "associations_only": "路径系数只表示关联；要确认因果，须做试验或前后效果核查。",
    "sample_small": "{n} 份答卷对本模型偏少：{construct} 有 {arrows} 条指向它的路径，建议至少 {needed} 份。请勿据此排列驱动因素。",
    "rows_fewer_than_items": "只有 {n} 份答卷，却有 {items} 个题项。请减少题项或增加答卷。",
    "rows_dropped": "{total} 行中有 {dropped} 行因缺答被剔除。请核查哪些人未答，或改用均值替代。",
    "answers_replaced": "{replaced} 个缺答（{share:.1%}）以该题均值替代，最多的是 {item}（{count} 个）。替代会使关系趋向于零。",
    "scale_assumed": "未给出量表范围，采用所见最低与最高答案 {low} 和 {high}。请注明问卷的量表。",
    "replacement_fixed": "缺答在构造 {interaction} 之前已替代，并未在每次抽样中重新替代；区间略微偏窄。",
    "moments_pairwise": "各相关系数依据的行不同：{n} 行中只有 {fewest} 行同时回答了 {first} 和 {second}。结果可能互相矛盾，请与剔除法对照。",
    "rows_without_weight": "{total} 行中有 {dropped} 行权重为零，已剔除。",
    "weights_unequal": "个案权重不等：{n} 行相当于 {effective:.0f} 行等权的答卷。",
    "moments_not_definite": "题项之间的相关系数互相矛盾（最小特征值 {lowest:.3g}）。请改用剔除法或均值替代。",
    "main_effect_missing": "{interaction} 指向 {target}，而 {construct} 本身没有指向它。缺少主效应时交互项无法解读。",
    "parts_too_few": "构念 {construct} 至少需要两个构念作为组成部分。",
    "part_unknown": "{part} 列为 {construct} 的组成部分，但不是构念。已有：{known}。",
    "part_shared": "{part} 同时是 {first} 和 {second} 的组成部分。请只留一处。",
    "path_of_part": "路径 {source} → {target} 用到了 {part}，它是 {construct} 的组成部分。请把路径画到 {construct}。",
    "interaction_with_itself": "交互项需要两个不同的构念；{construct} 写了两次。",
    "interaction_twice": "{first} 与 {interaction} 是同两个构念的乘积。请只保留一个。",
    "interaction_unknown_construct": "交互项 {interaction} 提到的 {construct} 不是构念。已有构念：{known}。",
    "interaction_of_parts": "{construct} 由构念组成，没有自己的题项可在 {interaction} 中相乘。请选择两阶段法。",
    "interaction_as_target": "路径 {source} → {target} 指向交互项；交互项只能作前因。请删除该路径。",
    "interaction_end_lonely": "{construct} 除 {interaction} 外没有自己的路径。请增加它指向同一结果的路径。",
    "weights_uneven": "{expected} 行数据却有 {found} 个个案权重。请每行给一个。",
    "weight_invalid": "第 {row} 行的个案权重为 {value}；权重须为有限的非负数。",
    "weights_nil": "所有个案权重都为零。请去掉或更正。",
    "pairwise_interaction": "成对矩不能用于交互项 {interaction}。请选择剔除法或均值替代。",
    "jackknife_failed": "在逐一去掉一份答卷的 {units} 个样本中，有 {failed} 个无法估计；BCa 区间未计入它们。",
    "pair_unanswered": "没有人同时回答 {first} 和 {second}，因此没有相关系数。请选择均值替代，或去掉其中一个。",
    "reliability_inadmissible": "构念 {construct} 的信度（rho_A）不大于零，或因权重全落在一个题项上而无从计算，无法作一致性估计。请检查其题项及单位，或不用一致性估计。",
    "correlations_inadmissible": "去除题项噪声后，{construct} 的前因（{predictors}）之间的相关将达到或超过 1，无法作一致性估计。请合并它们，或不用一致性估计。",
    "explained_above_one": "{construct} 的解释方差为 {r2:.2f}，大于 1，这不可能。答卷不支持一致性估计或成对矩：请不用它们再估计一次。",
    "loading_above_one": "题项 {item} 在 {construct} 上的载荷为 {loading:.2f}，绝对值大于 1，这不可能。答卷不支持一致性估计：请不用它再估计一次。",
    "item_duplicated": "题项 {first} 与 {second} 每行答案都相同。请核查导入；其中一个没有增加信息。",
    "not_converged": "权重在 {iterations} 步内未稳定（最后变化 {change:.2g}）。请检查模型和最弱的题项。",
    "loading_low": "题项 {item} 在 {construct} 上的载荷为 {loading:.2f}，低于 {limit}。请改写、删除或移到别处。",
    "loading_negative": "题项 {item} 在 {construct} 上的载荷为 {loading:.2f}，与所属构念方向相反。若为反向表述，请反向计分。",
    "reliability_low": "构念 {construct} 的组合信度为 {rho_c:.2f}，低于 {limit}。其题项可能不是同一件事。",
    "convergence_weak": "构念 {construct} 平均只解释题项方差的 {ave:.2f}，低于 {limit}。",
    "discriminant_doubtful": "{first} 与 {second} 难以区分（HTMT {htmt:.2f}，高于 {limit}）。其中一个的影响可能属于另一个。",
    "collinear_predictors": "{predictor} 大部分可由 {construct} 的其他前因解释（VIF {vif:.1f}，高于 {limit}），其路径不稳定。",
    "collinear_items": "题项 {item} 大部分可由 {construct} 的其他题项解释（VIF {vif:.1f}，高于 {limit}），其权重不稳定。",
    "interval_spans_zero": "{source} 对 {target} 的影响可能为零：区间为 {low:.3f} 至 {high:.3f}。",
    "replicates_failed": "{replicates} 次自助抽样中有 {failed} 次无法估计（{constant_item} 次题项为常数，{singular} 次奇异，{not_converged} 次不收敛，{inadmissible} 次信度不可用），未计入区间，区间可能偏窄。",
    "bootstrap_grouped": "{rows} 行答卷随机分入 {blocks} 组，自助抽样抽取的是组；标准误的精度约为其本身的 {noise:.1%}。",
    "replicates_few": "{replicates} 次自助抽样不足以给出稳定的 {level:.0%} 区间，请至少用 {advised} 次。",
    "index_weight_negative": "题项 {item} 以负权重（{weight:.3f}）计入 {construct} 的指数，解读时须谨慎。",
    "n_small": "该数值只基于 {n} 个数据，区间较宽。",
    "normal_approximation_poor": "n = {n} 时该区间的正态近似较粗略。",
    "coverage_below_level": "n = {n} 时没有区间能达到 {level:.0%}；从最小到最大的最宽区间覆盖 {coverage:.1%}。",
    "effect_not_detectable": "以现有答卷数，只有不小于 {detectable:.4g} 的差异才可能被显示（检验功效 {power:.0%}）。",
    "zero_variance": "所有数值相同，区间没有宽度。",
    "target_unknown": "没有路径指向 {target}。请从中选择：{known}。",
    "change_unknown": "不能改变 {construct}：它没有指数，或没有任何结果由它引出。请从中选择：{known}。",
    "change_not_finite": "{construct} 的变化为 {value}；请给出有限的分值。",
    "ranking_without_replicates": "没有自助抽样，就不知道换一批受访者时影响会变动多少，因此不排列驱动因素。请运行自助抽样。",
    "ranking_replicates_lost": "{replicates} 次自助抽样中有 {failed} 次无法估计，超过区间两侧所舍去的 {limit:.0%}。驱动因素不予排列：请简化模型，或增加答卷。",
    "ranking_replicates_few": "{sound} 次自助抽样给不出 {level:.0%} 区间，因此不排列驱动因素。请增加抽样次数。",
    "ranking_nothing_shown": "对 {target} 的各项影响都不能与零区分。请勿依此次序行动，应增加答卷。",
    "drivers_alike": "{first} 与 {second} 对 {target} 的影响无法区分，不分先后。",
    "change_capped": "{construct} 现为 {index:.1f} 分（满分 100），变化 {asked:+.1f} 分按 {applied:+.1f} 分计算。",
    "index_capped": "{construct} 到达量表的端点 {index:.0f}。端点附近线性关系不成立，请取较小的变化。",
    "what_if_moderated": "模型含交互项。预期变化在调节构念处于平均水平时成立。",
    "what_if_without_limits": "没有自助抽样，预期变化没有区间。请运行自助抽样并保留抽样值。",
    "what_if_limits_held": "未保留抽样值；区间把指数的离散程度视为已知。保留抽样值可得准确区间。",
    "what_if_limits_missing": "未保留抽样值，几项变化同时发生时没有区间。请保留抽样值后重新运行自助抽样。",
    "construct_empty": "构念 {construct} 没有题项。请至少给一个题项。",
    "construct_duplicate": "构念 {construct} 定义了两次。请只保留一个。",
    "construct_name_empty": "有一个构念没有名称。请为每个构念命名。",
    "item_name_empty": "构念 {construct} 中有一个题项没有名称。请命名。",
    "mode_twice": "构念 {construct} 既列为形成型，又列为等权。请只选一种。",
    "item_duplicate": "题项 {item} 在构念 {construct} 中列了两次。请只列一次。",
    "item_shared": "题项 {item} 同时属于 {first} 和 {second}。请只放在一个构念中。",
    "path_unknown_construct": "路径 {source} → {target} 提到的 {construct} 不是构念。已有构念：{known}。",
    "path_duplicate": "路径 {source} → {target} 给了两次。请只保留一条。",
    "path_to_itself": "构念 {construct} 有指向自身的路径。请删除。",
    "path_cycle": "路径形成了环：{cycle}。请删除其中一条。",
    "paths_missing": "模型没有路径。请至少给一条，例如 质量 → 价值。",
    "construct_unconnected": "构念 {construct} 没有任何路径。请增加路径或删除该构念。",
    "setting_unknown": "{setting} 不能是 {value!r}。请选择：{choices}。",
    "setting_too_small": "{setting} 不能是 {value}，至少为 {low}。",
    "setting_too_large": "{setting} 不能是 {value}，最多为 {high}。",
    "setting_not_whole": "{setting} 不能是 {value!r}。请给出整数。",
    "setting_not_between": "{setting} 不能是 {value}，须在 {low} 与 {high} 之间。",
    "scale_invalid": "{low} 至 {high} 不是量表：请给出一低一高两个有限的数。",
    "text_syntax": "无法理解 {text!r}。请写 构念 =~ 题项1 + 题项2（反映型）、构念 <~ 题项1 + 题项2（形成型）或 结果 ~ 前因1 + 前因2（路径）。",
    "text_yaml": "{text!r} 不是有效的 YAML（{reason}）。请检查缩进、冒号和括号。",
    "text_tab": "YAML 用空格缩进，此处是制表符。请改为空格。",
    "text_empty": "文本中没有模型。请定义构念和路径。",
    "text_unknown_key": "未知的键 {key!r}。可用的键：{known}。",
    "text_not_mapping": "{key} 须为映射：每行一个名称、一个冒号、一个值。",
    "text_not_list": "{key} 须为名称列表，例如 [a, b]。",
    "text_path_form": "路径须写成 [前因, 结果]；{text} 不是。",
    "text_interaction_form": "交互须写成一对 [甲, 乙]；{text} 不是。",
    "text_covariance": "{text!r} 是协方差；本方法只估计构念与路径。",
    "text_modifier": "{text!r} 固定或标注了数值，不支持。请只写名称。",
    "text_key_twice": "{key} 给了两次。请只保留一个。",
    "package_missing": "读取 {kind} 需要 Python 包 {package}。请安装。",
    "file_missing": "没有文件 {file}。请检查文件名和文件夹。",
    "file_kind_unknown": "{file} 不是本程序能读的表格。可读：{known}。",
    "file_unreadable": "无法把 {file} 当作 {kind} 读取：{reason}。请从原程序重新保存。",
    "file_empty": "{file} 没有数据行。请连同表头重新导出。",
    "file_encoding": "{file} 不是 UTF-8、GB18030 或 UTF-16 文本。请另存为 UTF-8。",
    "sheet_unknown": "{file} 没有工作表 {sheet!r}。已有：{known}。",
    "header_empty": "{file}：第 {column} 列表头为空。请命名。",
    "header_duplicate": "{file}：列名 {name!r} 出现两次。请改名。",
    "row_length": "{file} 第 {line} 行：有 {found} 格，表头有 {expected} 格。请检查分隔符和引号。",
    "value_not_number": "{file} 第 {row} 行 {column} 列：{value!r} 不是数字。请更正，或声明为缺答代码。",
    "item_unknown": "列中没有题项 {item}。请更正模型或表头中的名称。已有的列：{known}。",
    "answers_form": "答卷的类型是 {found}。请用 Answers.of({{列名: 数值}}) 或 read_table(文件).answers(题项) 生成。",
    "column_duplicate": "列 {column} 出现两次。请改名。",
    "columns_uneven": "列 {column} 有 {found} 个值，其他列有 {expected} 个。请使每列每行各有一个值，缺答用 NaN。",
    "shape_invalid": "答卷须为 {columns} 列的表，每列一个名称。",
    "value_infinite": "第 {row} 行 {column} 列是无穷大。请更正或标为缺答。",
    "value_too_large": "第 {row} 行 {column} 列：{value:g} 太大，无法计算。请更正或标为缺答。",
    "answers_not_loaded": "{method} 需要逐行的答卷，而存储的答卷没有逐行载入。请先用 load 方法载入。",
    "column_not_numbers": "{file} 的 {column} 列是 {kind}，不是数字。请先转换为数字。",
    "relation_failed": "duckdb 无法给出各行：{reason}。请更正查询。",
    "stored_replacement": "{interaction} 要把题项相乘，而有答案缺失：读取存储的答卷时还不知道其均值。请按行删除不完整的答卷，或先载入答卷。",
    "value_out_of_scale": "第 {row} 行 {column} 列：{value} 超出量表 {low} 至 {high}（共 {count} 处）。请更正，或把该代码声明为缺答。",
    "item_all_missing": "题项 {item} 没有任何答案。请从模型中去掉。",
    "item_constant": "题项 {item} 的答案全是 {value}。常数题项不能解释任何东西：请从模型中去掉。",
    "score_constant": "{construct} 的题项互相抵消，其得分没有变化。请把反向表述的题项反向计分，或检查题项。",
    "rows_too_few": "只剩 {n} 行可用，模型至少需要 {needed} 行。请增加答卷或改用均值替代。",
    "block_singular": "形成型构念 {construct} 的题项线性相关（{items}）。请去掉多余的题项。",
    "predictors_singular": "{construct} 的前因线性相关（{predictors}）。请合并或去掉一个。",
    "resamples_invalid": "重抽样须为 0 至 {last} 的整数行号，每次 {n} 个。",
    "replicates_all_failed": "{replicates} 次自助抽样全部无法估计（{constant_item} 次题项为常数，{singular} 次奇异，{not_converged} 次不收敛，{inadmissible} 次信度不可用）。模型对这些答卷来说过大。",
    "values_none": "没有可用于计算 {method} 的数值。",
    "items_too_few": "{method} 至少需要 {needed} 个题项的表。",
    "items_cancel": "题项互相抵消，其总和没有变化，因此 {method} 不存在。请把反向表述的题项反向计分。",
    "values_too_few": "{method} 至少需要 {needed} 个数值，现有 {n} 个。",
    "count_invalid": "{name} 为 {value}，须为 0 至 {limit} 的整数。",
    "denominator_zero": "分母之和为零，无法计算比率。",
    "lengths_differ": "{first} 个数值对 {second} 个，须成对。",
    "score_out_of_range": "分值 {value} 超出 {low} 至 {high}。",
    "effect_not_found": "没有 {source} 对 {target} 的这种影响。已有：{known}。",
    "effect_unknown": "模型中没有路径 {source} → {target}。",
    "effect_missing": "路径 {source} → {target} 没有给出真实影响。请给出。",
    "loading_missing": "题项 {item} 没有给出真实载荷。请给出。",
    "loading_invalid": "{item} 的载荷 {value} 须在 -1 与 1 之间且不为 0。",
    "effects_impossible": "对 {construct} 的影响解释了其方差的 {share:.3f}，须小于 1。",
    "correlations_impossible": "给出的相关系数不可能同时成立。",
    # groups
    "labels_uneven": "{expected} 行数据却有 {found} 个组别。请每行给一个。",
    "groups_not_two": "比较需要两个组，而组别共有 {count} 个：{known}。请指定要比较的两个。",
    "group_not_found": "没有一行属于组 {group}。已有的组：{known}。",
    "group_twice": "组 {group} 写了两次。请给出两个不同的组。",
    "group_refused": "组 {group}：{reason}",
    "permutations_all_failed": "{permutations} 次置换全部无法估计（{constant_item} 次题项为常数，{singular} 次奇异，{not_converged} 次不收敛，{inadmissible} 次信度不可用）。模型对这样大小的组来说过大。",
    "rows_ungrouped": "{without} 行没有组别，{others} 行属于其他组，都不在本比较的任何数值中。",
    "group_small": "组 {group} 只有 {n} 份答卷，对本模型偏少。未显示的差异仍可能存在。",
    "groups_unequal": "两组大小相差较大（{smaller} 份与 {larger} 份）：置换出的组多由大组的答卷构成。接近界限的差异须谨慎解读。",
    "group_not_converged": "组 {group} 的权重在 {iterations} 步内未稳定。请勿解读其差异。",
    "permutations_failed": "{permutations} 次置换中有 {failed} 次无法估计（{constant_item} 次题项为常数，{singular} 次奇异，{not_converged} 次不收敛，{inadmissible} 次信度不可用），未计入与偶然差异的对照。",
    "permutations_few": "{permutations} 次置换偏少；下结论之前请至少用 {advised} 次。",
    "composition_differs": "{construct} 在两组中的构成不同（得分相关 {correlation:.4f}，低于 {limit:.4f}）。请勿比较从它出发、指向它或经过它的路径。",
    "pooling_doubtful": "以下构念的均值或方差在两组间不同：{constructs}。可以比较两组，但不要合并分析。",
    "invariance_of_composites": "不变性检验针对得分；采用一致性估计时，它不说明得分背后的因子。",
    "comparisons_many": "共比较了 {count} 个影响；仅凭偶然，约有 {expected:.1f} 个会落在 {level:.0%} 区间之外。",
    "configural_assumed": "两组以相同的题项、模型和处理方式估计。题目对两组是否含义相同，须由您判断。",
    # prediction
    "folds_too_many": "{n} 行无法分成 {folds} 折。请减少折数。",
    "assignment_invalid": "须为所用的 {n} 行各给一个折号：从 0 起的整数，至少两折，且没有空折。",
    "prediction_higher_order": "{construct} 由构念组成，尚无公认的预测方法。请用其组成部分建模再预测。",
    "prediction_consistent": "一致性估计描述的是因子，而预测用的是得分。请不用一致性估计再预测。",
    "prediction_interaction": "{interaction} 中的 {construct} 本身要被预测，最早前因不能给出它。请改用直接前因预测。",
    "folds_all_failed": "去掉任何一折后模型都无法估计（{failed} 次失败）。模型对这些答卷来说过大。",
    "folds_failed": "{folds} 折中有 {failed} 折在去掉后模型无法估计，其中的行不在任何数值中。",
    "training_small": "只剩 {n} 份答卷用于估计，建议至少 {needed} 份。请增加折数或答卷。",
    "prediction_below_mean": "模型对 {item}（{construct}）的预测不优于其均值（Q² 预测 {q2:.3f}）。",
    "prediction_below_linear": "不含构念的线性模型对 {construct} 每个题项的预测都不差于本模型。效应链或可解释它，但无助于预测它。",
    "benchmark_singular": "{folds} 折中有 {singular} 折用于预测的题项彼此线性相关；线性模型取了等效解中最小的一个。",
}  # fmt: skip


# Facts that sentences gained later; results stored before do not have them.
_SINCE_ADDED = {"inadmissible": 0}


def say(code: str, params: Mapping[str, Any], language: str) -> str:
    """The sentence of a code. Unknown codes, of a newer library, are shown as they are."""
    english = {**CAUTION_TEXTS, **ERROR_TEXTS}.get(code, code)
    text = ZH.get(code, english) if language.startswith("zh") else english
    return text.format(**{**_SINCE_ADDED, **params})


def say_caution(caution: Caution | Mapping[str, Any], language: str) -> str:
    if isinstance(caution, Caution):
        return say(caution.code, caution.params, language)
    return say(caution["code"], caution.get("params", {}), language)


def say_error(error: AnalysisError, language: str) -> str:
    params = dict(error.params)
    inner = params.get("inner")
    if isinstance(inner, Mapping):  # an error within a group: its reason in the same language
        params["reason"] = say(inner["code"], inner["params"], language)
    sentence = say(error.code, params, language)
    if error.at is None:
        return sentence
    file, line = error.at
    place = f"{file} 第 {line} 行：" if language.startswith("zh") else f"{file}, line {line}: "
    return place + sentence
