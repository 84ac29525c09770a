"""Chinese sentences of `zhuoyue.analysis.watching`."""

ZH: dict[str, str] = {}
