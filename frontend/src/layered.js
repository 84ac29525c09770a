// Places the boxes of a graph in layers and leads its arrows around them; every label has room of its own.

import { Graph, layout } from "@dagrejs/dagre";

const place = (cell) => ({ x: cell.x, y: cell.y });

/**
 * nodes: [{id, width, height}], edges: [{id, source, target, width, height}] with the size of their labels.
 * Returns {width, height, nodes: {id: {x, y}}, edges: {id: [{x, y}]}}: the bends of each arrow, the middle one
 * where its label stands.
 */
export function layered(nodes, edges, direction, [between, layers]) {
  const plan = new Graph({ multigraph: true });
  plan.setGraph({ rankdir: direction, nodesep: between, edgesep: 20, ranksep: layers });
  for (const { id, width, height } of nodes) plan.setNode(id, { width, height });
  for (const { id, source, target, width, height } of edges) plan.setEdge(source, target, { width, height, labelpos: "c" }, id);
  layout(plan);
  const { width, height } = plan.graph();
  return {
    width,
    height,
    nodes: Object.fromEntries(plan.nodes().map((id) => [id, place(plan.node(id))])),
    edges: Object.fromEntries(plan.edges().map((edge) => [edge.name, plan.edge(edge).points.slice(1, -1).map(place)])),
  };
}

/** Bends as the drawing wants them: how far along the line between the boxes, and how far beside it. */
export function beside(from, to, bends) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  return {
    weights: bends.map(({ x, y }) => ((x - from.x) * dx + (y - from.y) * dy) / length ** 2),
    distances: bends.map(({ x, y }) => ((y - from.y) * dx - (x - from.x) * dy) / length),
  };
}
