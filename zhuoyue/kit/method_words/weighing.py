"""Chinese sentences of `zhuoyue.analysis.weighing`."""

ZH: dict[str, str] = {
    "ahp_shape": "{criteria} 个准则需要同样行数和列数的方表（至少 2 个）；现有 {rows} 行 {columns} 列。",
    "ahp_criterion_twice": "准则 {criterion} 出现两次。每个准则只写一次。",
    "ahp_not_positive": "{first} 与 {second} 的比较为 {value}；须大于零（如 1/9 至 9）或留空。",
    "ahp_diagonal": "{criterion} 与自身的比较为 {value}；须为 1 或留空。",
    "ahp_not_reciprocal": "{first} 比 {second} 为 {value}，而 {second} 比 {first} 为 {other}；两者须互为倒数。请更正或留空一个。",
    "ahp_not_joined": "没有任何一串比较把 {first} 与 {second} 连起来。请至少在两部分之间比较一次。",
    "ahp_rows_differ": "行名为 {found}，列名为 {expected}。请按同一次序给出。",
    "ahp_cell": "第 {row} 行 {column} 列：{value} 不是比较值（如 3 或 1/3）。",
    "ahp_inconsistent": "一致性比率 {ratio:.3f} 超过 {limit:g}：暂勿使用这些权重。请重新考虑 {first} 对 {second}：给出 {given:.3g}，而其他判断意味着 {implied:.3g}。",
    "ahp_no_random_index": "随机指标表只到 {most} 个准则；{criteria} 个准则没有一致性比率。请把准则分组。",
    "ahp_incomplete": "{pairs} 对比较中缺 {missing} 对；权重由其余比较得出（Harker 法）。",
}  # fmt: skip
