"""Chinese sentences of `zhuoyue.analysis.rehearsing`."""

ZH: dict[str, str] = {}
