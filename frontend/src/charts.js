// Draws <figure data-chart="id of a json_script"> elements; loaded only where a chart is.

import { echarts } from "./echarts-setup.js";
import { withFormatters } from "./formats.js";
import { roomForNames } from "./long-names.js";

const options = new WeakMap(); // by canvas
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) fit(target);
});

function fit(canvas) {
  const chart = echarts.getInstanceByDom(canvas);
  if (!chart) return;
  const { option, height } = roomForNames(options.get(canvas), canvas.clientWidth);
  canvas.style.minHeight = height ? `${height}px` : "";
  chart.resize();
  chart.setOption(option);
}

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
  options.set(canvas, withFormatters(JSON.parse(source.textContent)));
  chart.setOption({ animationDuration: 300, ...options.get(canvas) });
  fit(canvas);
  followLinks(chart);
  watcher.observe(canvas);
}

window.zhuoyueCharts = { mount };
document.addEventListener("htmx:beforeCleanupElement", ({ target }) => echarts.getInstanceByDom(target)?.dispose());
