// Makes Tabler's style sheet smaller and readable by older browsers, while building:
// - widgets whose scripts we do not ship are left out, whole rules at a time;
// - the interface has one (light) theme, so light-dark(a, b) becomes a;
// - constant oklch() colours become hex, because office browsers are often years old.

const LEFT_OUT =
  /\.(?:carousel|navbar|ribbon|social|flag|payment|chat|signal|signature|sortable|otp|accordion|toast|popover|tooltip|offcanvas|modal|dropstart|dropup|dropend|img|avatar|prose|markdown|stars|tracking|switch-icon|chip|calendar|datepicker|mention|tag|sparkline|strength|layout|theme|blockquote|ratio|object|link-(?:facebook|twitter)|form-imagecheck|form-colorinput|bg-gradient|bg-pattern|legend|(?:bg|text|border|btn|card|badge|alert|status|list|progress)-(?:[a-z-]*-)?(?:facebook|twitter|x|linkedin|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|tiktok|apple))\b|\[data-bs-theme=dark\]|\[data-bs-(?:layout|sidebar)|\.(?:ts|fc|tox|plyr|noUi|jvm|litepicker|apexcharts|dropzone|dz|clr)-/;

const gamma = (x) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);
const byte = (x) => Math.round(Math.min(1, Math.max(0, gamma(x))) * 255).toString(16).padStart(2, "0");

/** The hex colour of oklch(L% C H), clipped to sRGB (Björn Ottosson's matrices). */
function hexOfOklch(lightness, chroma, hue) {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return `#${byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)}${byte(
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
  )}${byte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)}`;
}

/** The index just past the bracket that closes the one at `open`. */
function pastClosing(text, open) {
  const [left, right] = text[open] === "{" ? ["{", "}"] : ["(", ")"];
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '"' || text[at] === "'") at = text.indexOf(text[at], at + 1);
    else if (text[at] === left) depth++;
    else if (text[at] === right && --depth === 0) return at + 1;
  }
  throw new Error("unbalanced style sheet");
}

/** The parts of a list at its outer commas: arguments, or selectors. */
function splitList(text) {
  const parts = [""];
  let depth = 0;
  for (const sign of text) {
    depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    if (sign === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}

function lightOnly(css) {
  const mark = "light-dark(";
  for (let at = css.indexOf(mark); at >= 0; at = css.indexOf(mark, at)) {
    const end = pastClosing(css, at + mark.length - 1);
    css = css.slice(0, at) + splitList(css.slice(at + mark.length, end - 1))[0] + css.slice(end);
  }
  return css;
}

function keepRules(css) {
  let kept = "";
  let at = 0;
  for (let open = css.indexOf("{", at); open >= 0; open = css.indexOf("{", at)) {
    const head = css.slice(at, open).trim();
    const end = pastClosing(css, open);
    const body = css.slice(open + 1, end - 1);
    at = end;
    if (/^@(?:media|supports|layer|container)/.test(head)) {
      const inside = keepRules(body);
      if (inside) kept += `${head}{${inside}}`;
    } else {
      const selectors = head.startsWith("@") ? [head] : splitList(head).filter((one) => !LEFT_OUT.test(one));
      if (selectors.length) kept += `${selectors.join(",")}{${body}}`;
    }
  }
  return kept;
}

export function lighten(css) {
  const plain = css.replace(/\/\*[^!][\s\S]*?\*\//g, "").replace(/@charset[^;]*;/, "");
  const licence = plain.match(/\/\*![\s\S]*?\*\//)?.[0] ?? "";
  const colours = /oklch\(([\d.]+)% ([\d.]+) ([\d.]+)deg\)/g;
  const hex = lightOnly(plain.replace(/\/\*![\s\S]*?\*\//g, "")).replace(colours, (_, l, c, h) =>
    hexOfOklch(l / 100, Number(c), Number(h)),
  );
  return licence + keepRules(hex);
}
