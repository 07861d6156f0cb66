// Runs in a user's project: `node drive.mjs <bundler> [watch] [options as JSON]` bundles main.js into out/. Prints a line of
// JSON for each build: { "ok": true, "text": "what the bundler says" }.
import path from "node:path";

const [bundler, mode, options = "{}"] = process.argv.slice(2);
const { default: layerc } = await import(`layerc/${bundler}`);
const { cache, ...own } = JSON.parse(options);
const plugins = [layerc(own)];
const watching = mode === "watch";
const out = path.resolve("out");
let warnings = [];

function done(ok, text) {
  console.log(JSON.stringify({ ok, text: [...warnings, text].join("\n") }));
  warnings = [];
}

/** As Rollup's and Rolldown's own commands print it. */
function describe({ message, frame, loc }) {
  const place = loc === undefined ? "" : `${loc.file}:${loc.line}:${loc.column}`;
  return [message, place, frame].filter(Boolean).join("\n");
}

const onLog = (level, log) => level === "warn" && warnings.push(describe(log));

/** Watchers of Rollup's kind. */
function follow(watcher) {
  let failure;
  watcher.on("event", (event) => {
    if (event.code === "START") failure = undefined;
    if (event.code === "BUNDLE_END") void event.result?.close();
    if (event.code === "ERROR") failure = describe(event.error);
    if (event.code === "END") done(failure === undefined, failure ?? "");
  });
}

const drivers = {
  async vite() {
    const { build, createLogger } = await import("vite");
    const logger = { ...createLogger("silent"), warn: (text) => warnings.push(text) };
    const made = await build({
      configFile: false,
      customLogger: logger,
      plugins,
      build: {
        ssr: "main.js",
        outDir: out,
        sourcemap: true,
        ...(watching ? { watch: {} } : {}),
        rolldownOptions: { output: { entryFileNames: "main.mjs" } },
      },
    });
    if (watching) follow(made);
  },
  async rollup() {
    const { rollup, watch } = await import("rollup");
    const output = { dir: out, sourcemap: true, entryFileNames: "main.mjs" };
    const input = { input: "main.js", plugins, onLog };
    if (watching) return follow(watch({ ...input, output }));
    await (await rollup(input)).write(output);
  },
  async rolldown() {
    const { rolldown, watch } = await import("rolldown");
    const output = { dir: out, sourcemap: true, entryFileNames: "main.mjs" };
    const input = { input: "main.js", plugins, onLog };
    if (watching) return follow(watch({ ...input, output }));
    const bundle = await rolldown(input);
    await bundle.write(output);
    await bundle.close();
  },
  async esbuild() {
    const { build, context, formatMessages } = await import("esbuild");
    const report = {
      name: "report",
      setup({ onEnd }) {
        onEnd(async (result) => {
          const failed = result.errors.length > 0;
          warnings = await formatMessages(result.warnings, { kind: "warning" });
          if (watching) done(!failed, (await formatMessages(result.errors, { kind: "error" })).join("\n"));
        });
      },
    };
    const settings = {
      entryPoints: ["main.js"],
      bundle: true,
      format: "esm",
      outdir: out,
      sourcemap: true,
      outExtension: { ".js": ".mjs" },
      logLevel: "silent",
      plugins: [...plugins, report],
    };
    if (watching) return (await context(settings)).watch();
    try {
      await build(settings);
    } catch (error) {
      throw new Error((await formatMessages(error.errors, { kind: "error" })).join("\n"), { cause: error });
    }
  },
  webpack: async () => webpackLike((await import("webpack")).default),
  rspack: async () => webpackLike((await import("@rspack/core")).rspack),
};

async function webpackLike(create) {
  const compiler = create({
    mode: "production",
    target: "node",
    entry: "./main.js",
    output: { path: out, filename: "main.cjs" },
    devtool: "source-map",
    plugins,
    ...(cache === undefined ? {} : { cache: { ...cache, buildDependencies: undefined } }),
  });
  const told = (stats) => stats.toString({ all: false, errors: true, warnings: true, colors: false });
  if (watching) {
    compiler.watch({ aggregateTimeout: 20 }, (error, stats) => {
      done(error === null && !stats.hasErrors(), error === null ? told(stats) : String(error));
    });
    return;
  }
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => (error === null ? resolve(result) : reject(error)));
  });
  await new Promise((resolve) => compiler.close(resolve));
  if (stats.hasErrors()) throw new Error(told(stats));
  warnings.push(told(stats));
}

try {
  await drivers[bundler]();
  if (!watching) done(true, "");
} catch (error) {
  done(false, describe(error));
}
