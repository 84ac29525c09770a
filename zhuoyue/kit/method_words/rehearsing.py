"""Chinese sentences of `zhuoyue.analysis.rehearsing`."""

ZH: dict[str, str] = {
    "journey_hours": "{found} 不是工作时间。请写成 mon-fri 08:00-12:00 13:00-17:00; sat 09:00-12:00（或 周一-周五 08:00-17:00、always）。",
    "journey_hours_overlap": "{found} 中的时段重叠。请让每段在前一段之后开始。",
    "journey_duration": "形状为 {shape} 的时长需要 {needed}，单位分钟，大于零且由小到大。请恰好给出这些。",
    "journey_number": "{what} 为 {value}；须大于零且不超过一百万。",
    "journey_by_hour": "by_hour 有 {count} 个权重；须为二十四个，不得为负，不得全为零。",
    "journey_unknown": "没有 {what}。现有：{known}。",
    "journey_steps": "旅程有 {count} 个步骤；须为 1 至 {most} 个。",
    "journey_nobody": "步骤 {step} 无人办理。请至少指定一个班组。",
    "journey_back": "{step} 的返工回到 {found}；只能回到自身或更早的步骤：{known}。",
    "journey_name_twice": "{what}：名称 {name} 为空或出现两次。每个名称只写一次。",
    "journey_between": "{what} 为 {value}；须在 {low} 与 {high} 之间。",
    "journey_missing": "旅程缺少 {what}。请补上。",
    "journey_option": "{what}：无法理解 {found}。应为：{expected}。",
    "queue_overloaded": "{servers} 人无法承担 {load} 的负荷：负荷须小于人数。",
    "journey_overloaded": "{variant}：{team} 有 {use:.0%} 的工作时间被占用。队伍随预演延长而增长，等待时间取决于预演长度；请增加人手或减少工作。",
    "journey_empty": "{variant}：{replications} 次模拟中有 {empty} 次在考察的几周内没有人到来；数值只来自其余各次。请延长时间。",
    "journey_replications_few": "只有 {replications} 次重复：区间宽且依据少；请用 20 次以上。",
    "journey_assumed": "预演取决于其假定：到来是随机的，时长互不相关，无人中途放弃。承诺之前请与实测比较。",
}
