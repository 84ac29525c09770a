// Loads the chart and graph bundles only on pages that show one.

const loading = new Map();

function load(address) {
  if (!loading.has(address)) {
    loading.set(
      address,
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      }),
    );
  }
  return loading.get(address);
}

const within = (root, selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];

/** Draws the charts and graphs in a freshly loaded page or fragment. */
export async function drawIn(root) {
  const { chartsSrc, graphSrc } = document.body.dataset;
  const charts = within(root, "[data-chart]");
  const graphs = within(root, "[data-graph]");
  if (charts.length) load(chartsSrc).then(() => charts.forEach(window.zhuoyueCharts.mount));
  if (graphs.length) load(graphSrc).then(() => graphs.forEach(window.zhuoyueGraph.mount));
}
