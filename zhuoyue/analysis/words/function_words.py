"""Words that hold sentences together and say nothing of a theme; negations are not among them.

They are left out of themes and of the words shown with a label, never of what is learned from.
"""

from __future__ import annotations

_CHINESE = """
的 了 是 在 我 你 您 他 她 它 我们 你们 他们 自己 大家 和 与 及 或 也 都 就 还 又 再 但 但是
不过 而 而且 因为 所以 如果 虽然 然后 这 那 这个 那个 这些 那些 这样 那样 这里 那里 哪 什么
怎么 为什么 一 一个 一些 一下 一点 一次 一样 两 几 个 次 种 位 些 把 被 给 对 对于 向 从 到
由 为 为了 以 于 上 下 里 中 内 外 前 后 时 时候 之 之后 以后 以前 着 过 得 地 吧 吗 呢 啊
呀 哦 有 有点 会 能 可以 可能 应该 要 想 让 使 做 说 去 来 比 比较 很 太 真 挺 最 更 非常
特别 十分 还是 还有 就是 只是 觉得 感觉 知道 其他 其实 已经 现在 今天 每 某 等 像 跟 只 才
并 则 却 呵 哈 嘛 所 该 此 本 当 或者 以及 关于 通过 请
"""
_ENGLISH = """
a an the and or but if then than so as of at by for from in into on onto to with without
about i me my mine we us our you your he him his she her it its they them their this that
these those there here who whom which what when where why how is am are was were be been
being have has had do does did doing done will would shall should can could may might must
just also too very really quite some any all both each every other another such own same
more most much many one two up down out off over under again once only even still get got go
went come came
"""
EVERYDAY = frozenset(f"{_CHINESE}{_ENGLISH}".split())
LINKING = frozenset(
    "的了是在我你您他她它和与及也都就还又再但而这那把被给对从到着过得地吧吗呢啊呀很太"
)


def telling(word: str) -> bool:
    """Whether a word may name a theme or a reason by itself."""
    return word not in EVERYDAY and not word[0].isdigit()
