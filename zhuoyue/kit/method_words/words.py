"""Chinese sentences of `zhuoyue.analysis.words`."""

ZH: dict[str, str] = {}
