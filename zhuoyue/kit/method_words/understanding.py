"""Chinese sentences of `zhuoyue.analysis.understanding`."""

ZH: dict[str, str] = {}
