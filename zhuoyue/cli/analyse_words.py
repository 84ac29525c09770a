"""What `zhuoyue analyse` says, in both languages (it needs no Django)."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    # headings
    "head": ("效应链：{file}", "Effect chain: {file}"),
    "paths": ("路径系数", "Path coefficients"),
    "total_effects": ("总影响", "Total effects"),
    "indirect_effects": ("间接影响", "Indirect effects"),
    "explained": ("解释方差", "Variance explained"),
    "reliability": ("信度与收敛效度", "Reliability and convergent validity"),
    "items": ("题项：载荷与权重", "Items: loadings and weights"),
    "htmt": ("区分效度（HTMT）", "Discriminant validity (HTMT)"),
    "index": ("0–100 指数", "Indices from 0 to 100"),
    "map": ("重要性与绩效", "Importance and performance"),
    "cautions": ("提示", "Cautions"),
    "groups_head": ("按 {column} 分组", "By {column}"),
    "group_cautions": ("各组的提示", "Cautions of the groups"),
    "rows_without_group": (
        "{count} 行没有组别，不在任何一组中。",
        "{count} rows name no group and are in none.",
    ),
    "comparison_head": ("{first} 与 {second} 的比较", "{first} compared with {second}"),
    "comparison_cautions": ("比较的提示", "Cautions of the comparisons"),
    "invariance_title": ("测量不变性（MICOM）", "Measurement invariance (MICOM)"),
    # columns
    "composition": ("构成 c", "composition c"),
    "limit": ("下限", "limit"),
    "mean_difference": ("均值差", "means differ by"),
    "variance_difference": ("对数方差差", "log variances differ by"),
    "invariance": ("不变性", "invariance"),
    "invariance_none": ("无", "none"),
    "invariance_partial": ("部分", "partial"),
    "invariance_full": ("完全", "full"),
    "difference": ("差", "difference"),
    "chance": ("偶然 {level:.4g} %", "chance {level:.4g} %"),
    "comparable": ("可比性", "comparable"),
    "not_comparable": ("不可比", "no"),
    "group": ("组", "group"),
    "from": ("自", "from"),
    "to": ("至", "to"),
    "estimate": ("估计值", "estimate"),
    "se": ("标准误", "SE"),
    "t": ("t 值", "t"),
    "interval": ("{level:.4g} % 区间", "{level:.4g} % interval"),
    "construct": ("构念", "construct"),
    "item": ("题项", "item"),
    "loading": ("载荷", "loading"),
    "weight": ("权重", "weight"),
    "r2_adjusted": ("调整 R²", "R² adjusted"),
    "alpha_standardised": ("标准化 α", "α standardised"),
    "index_value": ("指数", "index"),
    "target": ("目标", "target"),
    "importance": ("重要性", "importance"),
    "performance": ("绩效", "performance"),
    # facts
    "n": ("使用的答卷 n", "answers used, n"),
    "scale": ("量表", "scale"),
    "method": ("方法", "method"),
    "pls": ("偏最小二乘路径模型", "path model by partial least squares"),
    "scheme": ("内部加权", "inner scheme"),
    "prepared": ("题项", "items"),
    "missing": ("缺答", "missing answers"),
    "intervals": ("区间", "intervals"),
    "intervals_of": (
        "{kind}，{replicates} 次自助抽样，失败 {failed} 次，种子 {seed}",
        "{kind}, {replicates} replicates, {failed} failed, seed {seed}",
    ),
    "intervals_none": (
        "未计算；请加 --replicates 5000",
        "not computed; add --replicates 5000",
    ),
    "engine": ("计算引擎", "engine"),
    "standardised": ("标准化", "standardised"),
    "centred": ("只作中心化", "only centred"),
    "path": ("路径加权", "path"),
    "factorial": ("因子加权", "factorial"),
    "centroid": ("重心加权", "centroid"),
    "listwise": ("剔除有缺答的行", "rows with a gap left out"),
    "mean": ("以题项均值替代", "item mean put in"),
    "pairwise": ("成对使用现有答案", "pairs of answers at hand"),
    "percentile": ("百分位", "percentile"),
    "bca": ("BCa", "BCa"),
    "permutations_of": (
        "{permutations} 次置换，失败 {failed} 次，种子 {seed}；* 表示超出偶然范围",
        "{permutations} permutations, {failed} failed, seed {seed}; * lies outside of chance",
    ),
    "groups_not_compared": (
        "组多于 {most} 个，不作两两比较。",
        "With more than {most} groups no two are compared.",
    ),
    # progress and end
    "permuting": ("置换（{first}、{second}）", "Permuting ({first}, {second})"),
    "resampling": ("自助抽样", "Resampling"),
    "resampling_group": ("自助抽样（{group}）", "Resampling ({group})"),
    "written": ("已写入 {file}。", "Written: {file}."),
    "interrupted": (
        "已中断，未写入任何文件。",
        "Stopped; no file was written.",
    ),
    # refusals
    "in_group": ("组 {group}：{sentence}", "Group {group}: {sentence}"),
    "group_unknown": (
        "没有列 {column}，不能据此分组。已有的列：{known}。",
        "There is no column {column} to group by. Columns: {known}.",
    ),
    "groups_too_few": (
        "列 {column} 中只有：{names}。分组至少需要两个不同的值。",
        "The column {column} holds only: {names}. Groups need at least two different values.",
    ),
    "groups_too_many": (
        "列 {column} 有 {count} 个不同的值，最多 {most} 个。请选分组用的列。",
        "The column {column} holds {count} different values, {most} at most. "
        "Choose a column of groups.",
    ),
    "error": ("错误 [{code}]：{sentence}", "Error [{code}]: {sentence}"),
    "file_is_folder": (
        "{file} 是文件夹。请给出其中的文件。",
        "{file} is a folder. Name a file in it.",
    ),
    "file_not_opened": (
        "无法打开 {file}（{reason}）。请检查文件和权限。",
        "{file} cannot be opened ({reason}). Check the file and its permissions.",
    ),
    "memory_short": (
        "内存不足。请减少 --replicates，或只保留所需的列。",
        "There is not enough memory. Ask for fewer --replicates, or keep only the columns needed.",
    ),
    "output_is_folder": (
        "{file} 是文件夹，不能写入。请给出文件名。",
        "{file} is a folder and cannot be written. Name a file.",
    ),
    "output_folder_missing": (
        "不能写 {file}：没有文件夹 {folder}。请先建立。",
        "{file} cannot be written: there is no folder {folder}. Make it first.",
    ),
    "output_unwritable": (
        "不能写 {file}（{reason}）。请换一个位置。",
        "{file} cannot be written ({reason}). Choose another place.",
    ),
    "output_is_input": (
        "{file} 是输入文件，不会被覆盖。请换一个名称。",
        "{file} is an input and will not be overwritten. Choose another name.",
    ),
    "outputs_same": (
        "--json 和 --report 都要写 {file}。请用两个名称。",
        "--json and --report both name {file}. Use two names.",
    ),
    "report_kind_unknown": (
        "{file}：报告请写成 .docx 或 .pdf。",
        "{file}: write the report as .docx or .pdf.",
    ),
    "platform_missing": (
        "报告需要平台组件，缺少 {packages}。"
        "请执行：pip install 'zhuoyue[platform]'，或不用 --report。",
        "A report needs the platform; missing: {packages}. "
        "Run pip install 'zhuoyue[platform]', or leave out --report.",
    ),
    "charts_missing": (
        "报告需要绘图程序，它尚未生成。请在源码目录执行一次 make run，或不用 --report。",
        "A report needs the charts of the front end, which are not built. "
        "Run make run once in the checkout, or leave out --report.",
    ),
    "permutations_invalid": (
        "--permutations 不能是 {value}。请给 0（不比较各组）或至少 2。",
        "--permutations cannot be {value}. Give 0 (groups are not compared) or at least 2.",
    ),
    "permutations_without_group": (
        "--permutations 用于比较各组，请同时给出 --group。",
        "--permutations compares groups; name their column with --group.",
    ),
    "replicates_invalid": (
        "--replicates 不能是 {value}。请给 0（无区间）或至少 2。",
        "--replicates cannot be {value}. Give 0 (no intervals) or at least 2.",
    ),
}  # fmt: skip


def say_word(key: str, language: str, **params: object) -> str:
    """A word or sentence of the command in the chosen language."""
    chinese, english = WORDS[key]
    return (chinese if language == "zh" else english).format(**params)
