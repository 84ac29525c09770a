// Bundles the style sheet and scripts:  node frontend/build.mjs [--watch]
// Everything lands in zhuoyue/kit/static/kit/dist/, which git ignores.

import { readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import esbuild from "esbuild";
import { lighten } from "./lighten.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../zhuoyue/kit/static/kit/dist");

const lightTabler = {
  name: "light-tabler",
  setup(build) {
    build.onLoad({ filter: /tabler\.css$/ }, async ({ path }) => ({
      contents: lighten(await readFile(path, "utf8")),
      loader: "css",
    }));
  },
};

const settings = {
  entryPoints: ["app.js", "app.css", "charts.js", "graph.js", "echarts-ssr.js"].map((name) => join(here, "src", name)),
  outdir: dist,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome100", "firefox102", "safari15"],
  legalComments: "linked", // licence texts travel in *.LEGAL.txt beside each bundle
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [lightTabler],
  logLevel: "warning",
  metafile: true,
};

async function main() {
  if (process.argv.includes("--watch")) {
    await (await esbuild.context(settings)).watch();
    return;
  }
  const started = performance.now();
  await rm(dist, { recursive: true, force: true });
  const { metafile } = await esbuild.build(settings);
  for (const file of Object.keys(metafile.outputs).filter((name) => !name.endsWith(".txt"))) {
    const bytes = (await stat(file)).size;
    const packed = gzipSync(await readFile(file)).length;
    console.log(`${file.split("/").pop().padEnd(16)} ${Math.round(bytes / 1024)} kB (gzip ${Math.round(packed / 1024)} kB)`);
  }
  console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

await main();
