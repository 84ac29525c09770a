// The look of all charts; the colours are those of tokens.css.

export const SCREEN_FONT =
  '"Segoe UI", -apple-system, BlinkMacSystemFont, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

const ink = "#1f2a37";
const quiet = "#525e6d";
const line = "#d5dbe3";

const axis = {
  axisLine: { show: true, lineStyle: { color: "#9aa5b4" } },
  axisTick: { show: false },
  axisLabel: { color: quiet, fontSize: 12 },
  nameTextStyle: { color: quiet, fontSize: 12 },
  splitLine: { lineStyle: { color: "#e7ebf0" } },
  splitArea: { show: false },
};

export const theme = {
  color: ["#1f5fae", "#d9822b", "#1a8a84", "#b8433b", "#6a5ab3", "#6f8199", "#5b9a46", "#a8568a"],
  backgroundColor: "transparent",
  textStyle: { fontFamily: SCREEN_FONT, color: ink },
  title: { textStyle: { color: ink, fontSize: 14, fontWeight: 600 }, subtextStyle: { color: quiet } },
  grid: { left: 12, right: 20, top: 40, bottom: 12, containLabel: true },
  legend: { textStyle: { color: quiet }, itemWidth: 14, itemHeight: 9 },
  tooltip: {
    confine: true,
    borderColor: line,
    textStyle: { color: ink, fontSize: 13 },
    extraCssText: "box-shadow: 0 4px 14px rgba(15,39,71,.14); border-radius: 6px;",
  },
  categoryAxis: { ...axis, splitLine: { show: false } },
  valueAxis: { ...axis, axisLine: { show: false } },
  logAxis: axis,
  timeAxis: { ...axis, splitLine: { show: false } },
  line: { symbolSize: 6, lineStyle: { width: 2 } },
  bar: { barMaxWidth: 28, itemStyle: { borderRadius: 2 } },
  scatter: { symbolSize: 11 },
  graph: {
    itemStyle: { color: "#e6f0fb", borderColor: "#1f5fae", borderWidth: 1 },
    lineStyle: { color: "#6f7b8b", opacity: 1 },
    label: { color: ink },
    edgeLabel: { color: ink },
  },
  markLine: { lineStyle: { color: quiet, type: "dashed" }, label: { color: quiet } },
};
