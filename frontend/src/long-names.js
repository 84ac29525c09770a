// Names beside horizontal bars: where they are long or the canvas is narrow they are broken, not the bars crowded out.

const SHARE = 0.42; // of the width, for names
const EM = 12;
const LINE = 15;
const AIR = 8; // between two names
const widthOf = (text) => [...String(text)].reduce((sum, sign) => sum + (sign.codePointAt(0) > 0x2e80 ? EM : EM * 0.56), 0);

/** What to merge into the option at this width, and the height that broken names need at least (0: any). */
export function roomForNames({ yAxis = [] }, width) {
  const most = Math.floor(width * SHARE);
  let height = 0;
  const axes = [yAxis].flat().map(({ type, data }) => {
    if (type !== "category" || !Array.isArray(data)) return {};
    const lines = Math.max(1, ...data.map((name) => Math.ceil(widthOf(name?.value ?? name) / most)));
    if (lines === 1) return { axisLabel: { width: null } }; // as wide as its names
    height = Math.max(height, data.length * (lines * LINE + AIR) + 60);
    return { axisLabel: { width: most, overflow: "break", lineHeight: LINE } };
  });
  return { option: axes.length ? { yAxis: axes } : {}, height };
}
