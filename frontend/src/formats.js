// Chart options travel as JSON, which has no functions: a formatter is named instead,
// as "@percent:1", "@number:2", "@interval:2" (value [position, low, high]) or "@sign:1".

const fixed = (digits) => (value) => (Number.isFinite(value) ? value.toFixed(digits) : "–");
const makers = {
  number: fixed,
  percent: (digits) => (value) => (Number.isFinite(value) ? `${(value * 100).toFixed(digits)}%` : "–"),
  sign: (digits) => (value) => (value > 0 ? "+" : "") + fixed(digits)(value),
  interval: (digits) => (value) => {
    const [low, high] = value.slice(-2).map(fixed(digits));
    return `[${low}, ${high}]`;
  },
};

function formatterOf(name) {
  const [, kind, digits = "0"] = name.match(/^@(\w+)(?::(\d))?$/) ?? [];
  const format = makers[kind]?.(Number(digits));
  if (!format) throw new Error(`unknown chart formatter ${name}`);
  // axis labels and tooltips hand over the value, data labels hand over a parameter object
  return (given) => {
    const value = given !== null && typeof given === "object" && !Array.isArray(given) ? given.value : given;
    return format(Array.isArray(value) && kind !== "interval" ? value[value.length - 1] : value);
  };
}

/** Puts functions where the option names a formatter; changes and returns the option. */
export function withFormatters(option) {
  for (const [key, value] of Object.entries(option)) {
    if (typeof value === "string" && value.startsWith("@") && /formatter$/i.test(key)) option[key] = formatterOf(value);
    else if (value && typeof value === "object" && key !== "data" && key !== "source") withFormatters(value);
  }
  return option;
}
