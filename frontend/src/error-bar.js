// The custom series "errorBar":  {type: "custom", renderItem: "errorBar", data: [[position, low, high], …]}
// On a horizontal chart (categories on the y axis) give itemPayload: {horizontal: true} and
// encode: {x: [1, 2], y: 0}; on a vertical one encode: {x: 0, y: [1, 2]}.

const CAP = 5; // half the width of the end strokes, in pixels

function stroke(from, to, style) {
  return { type: "line", shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style };
}

export function drawErrorBar(params, api) {
  const horizontal = Boolean(params.itemPayload?.horizontal);
  const position = api.value(0);
  const at = (value) => api.coord(horizontal ? [value, position] : [position, value]);
  const low = at(api.value(1));
  const high = at(api.value(2));
  if (![...low, ...high].every(Number.isFinite)) return undefined; // an unknown interval is not drawn
  const style = { stroke: params.itemPayload?.color ?? api.visual("color"), lineWidth: 1.5, fill: null };
  const cap = horizontal ? [0, CAP] : [CAP, 0];
  const across = (end) => stroke([end[0] - cap[0], end[1] - cap[1]], [end[0] + cap[0], end[1] + cap[1]], style);
  return { type: "group", children: [stroke(low, high, style), across(low), across(high)] };
}
