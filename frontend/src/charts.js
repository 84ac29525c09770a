// Draws <figure data-chart="id of a json_script"> elements; loaded only where a chart is.

import { echarts } from "./echarts-setup.js";
import { withFormatters } from "./formats.js";

const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) echarts.getInstanceByDom(target)?.resize();
});

function followLinks(chart) {
  chart.on("click", ({ data }) => {
    if (data?.url?.startsWith("/")) window.location.assign(data.url); // own pages only
  });
}

function mount(figure) {
  const canvas = figure.querySelector("[data-canvas]");
  const source = document.getElementById(figure.dataset.chart);
  if (!canvas || !source || echarts.getInstanceByDom(canvas)) return;
  const locale = document.documentElement.lang.startsWith("zh") ? "ZH" : "EN";
  const chart = echarts.init(canvas, "zhuoyue", { renderer: "svg", locale });
  chart.setOption({ animationDuration: 300, ...withFormatters(JSON.parse(source.textContent)) });
  followLinks(chart);
  watcher.observe(canvas);
}

window.zhuoyueCharts = { mount };
document.addEventListener("htmx:beforeCleanupElement", ({ target }) => echarts.getInstanceByDom(target)?.dispose());
