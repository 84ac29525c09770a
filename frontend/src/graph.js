// Draws <figure data-graph="id of a json_script"> elements: layered graphs of nodes and arrows.
// JSON: {direction: "LR"|"TB", spacing: [between nodes, between layers], nodes: [{id, label, tone, url, detail}], edges: [{source, target, label, tone, width, line}]}

import cytoscape from "cytoscape";
import { beside, layered } from "./layered.js";
import { SCREEN_FONT } from "./theme.js";

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
const SMALL = 11; // of what stands on an arrow
const ROOM = 12; // around the whole
const LARGEST = 1.2; // letters never much larger than those of the page
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

const sizeOf = ({ label }) => ({ width: LINE + 16, height: 18 + 16 * linesOf(label).length });

function labelSize({ label }) {
  if (!label) return { width: 0, height: 0 };
  const lines = label.split("\n");
  return { width: 8 + (Math.max(...lines.map(widthOf)) * SMALL) / EM, height: 6 + 13 * lines.length };
}

const text = { "font-family": SCREEN_FONT, "font-size": EM, color: "#1f2a37", label: "data(label)" };
const style = [
  {
    selector: "node",
    style: {
      ...text,
      shape: "round-rectangle",
      width: (node) => sizeOf(node.data()).width,
      height: (node) => sizeOf(node.data()).height,
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
      "curve-style": "round-segments",
      "segment-weights": (edge) => edge.data("weights"),
      "segment-distances": (edge) => edge.data("distances"),
      "segment-radii": 24,
      "edge-distances": "node-position",
    },
  },
  {
    selector: "edge[label]",
    style: { ...text, "font-size": SMALL, "line-height": 1.15, "text-wrap": "wrap", "text-background-color": "#fff", "text-background-opacity": 0.9, "text-background-padding": 2 },
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

/** Everything in sight. */
function fit(graph) {
  graph.fit(undefined, ROOM);
  if (graph.zoom() > LARGEST) graph.zoom(LARGEST);
  graph.center();
}

/** The plan with the larger letters in the space there is; the asked direction unless the other is clearly better. */
function planned({ direction = "LR", spacing = [18, 60], nodes, edges }, width, height) {
  const boxes = nodes.map((node) => ({ id: node.id, ...sizeOf(node) }));
  const arrows = edges.map((edge, k) => ({ id: `edge-${k}`, source: edge.source, target: edge.target, ...labelSize(edge) }));
  const [asked, other] = [direction, direction === "LR" ? "TB" : "LR"].map((one) => {
    const plan = layered(boxes, arrows, one, spacing);
    const zoom = Math.min((width - 2 * ROOM) / plan.width, (height - 2 * ROOM) / plan.height, LARGEST);
    return { ...plan, zoom };
  });
  return other.zoom > 1.2 * asked.zoom ? other : asked;
}

function mount(figure) {
  const canvas = figure.querySelector("[data-canvas]");
  const source = document.getElementById(figure.dataset.graph);
  if (!canvas || !source || canvas.dataset.drawn) return;
  canvas.dataset.drawn = "yes";
  const { nodes, edges, ...given } = JSON.parse(source.textContent);
  const { clientWidth: width, clientHeight: height } = canvas;
  const plan = planned({ nodes, edges, ...given }, width, Math.max(height, 0.9 * width));
  canvas.style.setProperty("--figure-height", `${Math.ceil(plan.height * plan.zoom) + 2 * ROOM}px`);
  const bends = (edge, k) => beside(plan.nodes[edge.source], plan.nodes[edge.target], plan.edges[`edge-${k}`]);
  const graph = cytoscape({
    container: canvas,
    elements: {
      nodes: nodes.map((data) => ({ data, position: plan.nodes[data.id] })),
      edges: edges.map((data, k) => ({ data: { ...data, ...bends(data, k) } })),
    },
    style,
    layout: { name: "preset" },
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
