// <form data-what-if="id of a json_script">: sliders beside number fields, answered while they are dragged.
// JSON: {level, index: {name: points}, effects: [[source, target, estimate]], fields: [source of each number field],
//        draws: address of an .npy file (replicates × effects, little-endian float32) or ""}
// Rows [data-construct] show [data-part=change|interval|then|band|dot]; a form without this script is simply sent.

import { announce } from "./live.js";

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const within = (change, index) => clamp(change, Math.min(-index, 0), Math.max(100 - index, 0));
const unsigned = (value) => value.toFixed(1).replace(/^-(0\.0)$/, "$1");
const signed = (value) => (unsigned(value) === "0.0" || value < 0 ? "" : "+") + unsigned(value);

/** The numbers of a two-dimensional .npy file, row after row. */
async function numbersFrom(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const content = await response.arrayBuffer();
  return new Float32Array(content.slice(10 + new DataView(content).getUint16(8, true)));
}

/** Linear between order statistics, as numpy and R do by default. */
function quantile(ordered, share) {
  const place = share * (ordered.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, ordered.length - 1);
  return ordered[below] + (ordered[above] - ordered[below]) * (place - below);
}

/** The expected change of one construct, with limits once the replicates have come. */
export function expected({ effects, level, index }, draws, changes, construct) {
  const own = changes[construct] ?? 0;
  const parts = effects.flatMap(([source, target, estimate], k) =>
    target === construct && changes[source] ? [[k, changes[source], estimate]] : [],
  );
  const linear = parts.reduce((sum, [, change, estimate]) => sum + change * estimate, own);
  const now = index[construct];
  const answer = { now, change: within(linear, now), capped: within(linear, now) !== linear, limits: null };
  if (!parts.length || !draws?.length) return answer;
  const width = effects.length;
  const summed = new Float64Array(draws.length / width).fill(own);
  for (const [k, change] of parts) {
    for (let row = 0, at = k; row < summed.length; row += 1, at += width) summed[row] += change * draws[at];
  }
  summed.sort();
  answer.limits = [(1 - level) / 2, (1 + level) / 2].map((share) => within(quantile(summed, share), now));
  return answer;
}

const AXIS = 20; // points on either side of the picture's middle
const place = (change) => 50 + (50 * clamp(change, -AXIS, AXIS)) / AXIS;

function show(row, answer, between) {
  const part = (name) => row.querySelector(`[data-part="${name}"]`);
  const then = answer.now + answer.change;
  const [low, high] = answer.limits ?? [answer.change, answer.change];
  part("change").textContent = signed(answer.change);
  part("interval").textContent = answer.limits ? `${signed(low)}${between}${signed(high)}` : "";
  part("then").textContent = unsigned(then);
  part("band").style.left = `${place(low)}%`;
  part("band").style.width = `${place(high) - place(low)}%`;
  part("dot").style.left = `${place(answer.change)}%`;
}

class WhatIf {
  constructor(form) {
    this.form = form;
    this.data = JSON.parse(document.getElementById(form.dataset.whatIf).textContent);
    this.numbers = [...form.querySelectorAll("[data-points]")];
    this.sliders = this.numbers.map((field) => form.querySelector(`[data-slider="${field.name}"]`));
    this.rows = [...form.querySelectorAll("[data-construct]")];
    this.draws = null;
    form.addEventListener("input", ({ target }) => this.moved(target));
    form.addEventListener("change", () => this.speak());
    form.addEventListener("click", (event) => this.pressed(event));
    for (const kind of ["pointerenter", "focusin"]) form.addEventListener(kind, () => this.fetchDraws(), { once: true });
    this.sliders.forEach((slider, k) => {
      slider.value = this.numbers[k].value || 0;
    });
  }

  fetchDraws() {
    if (!this.data.draws || this.fetching) return;
    this.fetching = numbersFrom(this.data.draws).then(
      (draws) => {
        this.draws = draws;
        this.answer();
      },
      () => announce(document.body.dataset.textFailed),
    );
  }

  moved(field) {
    const k = this.sliders.indexOf(field);
    if (k >= 0) this.numbers[k].value = field.value;
    const n = this.numbers.indexOf(field);
    if (n >= 0) this.sliders[n].value = field.value || 0;
    if (k < 0 && n < 0) return;
    this.fetchDraws();
    this.frame ??= requestAnimationFrame(() => this.answer());
  }

  pressed(event) {
    if (event.target.closest("[data-back-to-now]")) {
      for (const field of [...this.numbers, ...this.sliders]) field.value = 0;
      this.answer();
    } else if (event.target.closest("[data-asks]")) {
      if (!this.form.checkValidity()) return; // the browser says which field is out of reach
      event.preventDefault();
      this.speak();
    }
  }

  get changes() {
    const pairs = this.numbers.map((field, k) => {
      const points = Number(field.value);
      const bounded = Number.isFinite(points) ? clamp(points, Number(field.min), Number(field.max)) : 0;
      return [this.data.fields[k], bounded];
    });
    return Object.fromEntries(pairs.filter(([, points]) => points));
  }

  answer() {
    this.frame = undefined;
    const { changes } = this;
    let capped = false;
    for (const row of this.rows) {
      const answer = expected(this.data, this.draws, changes, row.dataset.construct);
      show(row, answer, this.form.dataset.between);
      capped ||= answer.capped;
    }
    this.form.querySelector("[data-capped]").hidden = !capped;
  }

  speak() {
    this.answer(); // the frame that would show the last move may still be to come
    const told = this.rows.find((row) => row.dataset.construct === this.form.dataset.target) ?? this.rows.at(-1);
    const words = [...told.querySelectorAll("[data-spoken]")].map((cell) => cell.textContent.trim());
    announce(words.join(" "));
  }
}

/** Wakes the what-if forms of a freshly loaded page or fragment. */
export function wakeWhatIf(root) {
  for (const form of root.querySelectorAll("[data-what-if]")) if (!form.whatIf) form.whatIf = new WhatIf(form);
}
