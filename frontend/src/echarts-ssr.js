// renderChart(optionJson, width, height, language) → SVG text, in a bare V8 without a page.
// Reports draw the page's own chart options with it.

import { echarts } from "./echarts-setup.js";
import { withFormatters } from "./formats.js";
import { roomForNames } from "./long-names.js";

const REPORT_FONT = "Noto Sans CJK SC";

/** One family and weight on every text: the report's font is variable and draws hairlines without a weight. */
function withReportFont(svg) {
  return svg
    .replace(/font:[^;"]*?([\d.]+px)[^;"]*;?/g, "font-size:$1;")
    .replace(/font-family:[^;"]*;?/g, "")
    .replace(/font-weight:[^;"]*;?/g, "")
    .replace(/ font-(?:family|weight)="[^"]*"/g, "")
    .replace(/<text /g, `<text font-family="${REPORT_FONT}" font-weight="500" `);
}

globalThis.renderChart = (optionJson, width, height, language = "zh") => {
  const locale = language.startsWith("zh") ? "ZH" : "EN";
  const chart = echarts.init(null, "zhuoyue", { renderer: "svg", ssr: true, width, height, locale });
  try {
    const option = withFormatters(JSON.parse(optionJson));
    chart.setOption({ ...option, animation: false, textStyle: { ...option.textStyle, fontFamily: REPORT_FONT } });
    chart.setOption(roomForNames(option, width).option);
    return withReportFont(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
};
