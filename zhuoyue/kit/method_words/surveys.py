"""Chinese sentences of `zhuoyue.analysis.surveys`."""

ZH: dict[str, str] = {}
