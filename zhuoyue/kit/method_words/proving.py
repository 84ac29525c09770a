"""Chinese sentences of `zhuoyue.analysis.proving`."""

ZH: dict[str, str] = {}
