// Draws <figure data-graph="id of a json_script"> elements: layered graphs of nodes and arrows.
// JSON: {direction: "LR"|"TB", spacing: [between nodes, between layers], nodes: [{id, label, tone, url, detail}], edges: [{source, target, label, tone, width, line}]}

import cytoscape from "cytoscape";
import dagre from "cytoscape-dagre";
import { SCREEN_FONT } from "./theme.js";

cytoscape.use(dagre);

const TONES = {
  neutral: ["#eef1f5", "#6f7b8b"],
  info: ["#e6f0fb", "#1f5fae"],
  good: ["#e4f3ea", "#18744a"],
  warn: ["#fdf1d8", "#94610a"],
  bad: ["#fdeae8", "#b3261e"],
};
const tone = (element) => TONES[element.data("tone")] ?? TONES.neutral;

const EM = 12; // the size of a label; Latin letters are about half as wide as Chinese ones
const LINE = 120;
const widthOf = (word) => [...word].reduce((sum, sign) => sum + (sign.codePointAt(0) > 0x2e80 ? EM : EM * 0.56), 0);

/** Lines of at most LINE pixels, broken where the label breaks, or between words or Chinese signs. */
const linesOf = (label) => label.split("\n").flatMap(broken);

function broken(label) {
  const lines = [""];
  for (const part of label.match(/[\u2e80-\uffff]|[^\u2e80-\uffff\s]+\s*|\s+/g) ?? []) {
    const last = lines.length - 1;
    if (lines[last] && widthOf(lines[last] + part.trimEnd()) > LINE) lines.push(part);
    else lines[last] += part;
  }
  return lines.map((one) => one.trimEnd());
}

const text = { "font-family": SCREEN_FONT, "font-size": EM, color: "#1f2a37", label: "data(label)" };
const style = [
  {
    selector: "node",
    style: {
      ...text,
      shape: "round-rectangle",
      width: LINE + 16,
      height: (node) => 18 + 16 * linesOf(node.data("label")).length,
      label: (node) => linesOf(node.data("label")).join("\n"),
      "background-color": (node) => tone(node)[0],
      "border-color": (node) => tone(node)[1],
      "border-width": 1,
      "text-valign": "center",
      "text-halign": "center",
      "text-wrap": "wrap",
      "line-height": 1.25,
    },
  },
  {
    selector: "edge",
    style: {
      width: (edge) => edge.data("width") ?? 1.5,
      "line-color": (edge) => tone(edge)[1],
      "line-style": (edge) => edge.data("line") ?? "solid",
      "target-arrow-color": (edge) => tone(edge)[1],
      "target-arrow-shape": "triangle",
      "curve-style": "bezier",
    },
  },
  {
    selector: "edge[label]",
    style: { ...text, "font-size": 11, "text-wrap": "wrap", "text-background-color": "#fff", "text-background-opacity": 0.9, "text-background-padding": 2 },
  },
  { selector: ".is-faded", style: { opacity: 0.2 } },
];

function listen(graph) {
  graph.on("tap", "node", ({ target }) => {
    const url = target.data("url");
    if (url?.startsWith("/")) window.location.assign(url); // own pages only
  });
  graph.on("mouseover", "node", ({ target }) => {
    const near = target.union(target.predecessors()).union(target.successors());
    graph.elements().difference(near).addClass("is-faded");
  });
  graph.on("mouseout", "node", () => graph.elements().removeClass("is-faded"));
}

/** Everything in sight, but letters never much larger than those of the page. */
function fit(graph) {
  graph.fit(undefined, 12);
  if (graph.zoom() > 1.2) graph.zoom(1.2);
  graph.center();
}

function mount(figure) {
  const canvas = figure.querySelector("[data-canvas]");
  const source = document.getElementById(figure.dataset.graph);
  if (!canvas || !source || canvas.dataset.drawn) return;
  canvas.dataset.drawn = "yes";
  const { direction = "LR", spacing = [18, 60], nodes, edges } = JSON.parse(source.textContent);
  const narrow = canvas.clientWidth < 600;
  const graph = cytoscape({
    container: canvas,
    elements: { nodes: nodes.map((data) => ({ data })), edges: edges.map((data) => ({ data })) },
    style,
    layout: { name: "dagre", rankDir: narrow ? "TB" : direction, nodeSep: spacing[0], rankSep: spacing[1], padding: 12 },
    userZoomingEnabled: false, // the wheel scrolls the page; the buttons zoom
    autoungrabify: true,
    maxZoom: 2,
  });
  fit(graph);
  listen(graph);
  for (const button of figure.querySelectorAll("[data-zoom]")) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener("click", () => (factor ? graph.zoom(graph.zoom() * factor) : fit(graph)));
  }
  new ResizeObserver(() => graph.resize() && fit(graph)).observe(canvas);
}

window.zhuoyueGraph = { mount };
