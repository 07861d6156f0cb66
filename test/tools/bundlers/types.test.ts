import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { bundle, bundlers } from "./bundle.ts";
import { createProject, type Project } from "./project.ts";
import { sample } from "./sample.ts";

/** How a configuration of each bundler takes the plugin, by the bundler's own types. */
const configurations = {
  "vite.config.ts": `import { defineConfig } from "vite";
import layerc, { type LayersOptions } from "layerc/vite";
const options: LayersOptions = { target: "wasm", precision: "bfloat16", unroll: "none", weights: "inline", types: true };
export default defineConfig({ plugins: [layerc(options)] });
`,
  "rollup.config.ts": `import { defineConfig } from "rollup";
import layerc from "layerc/rollup";
export default defineConfig({ input: "main.js", plugins: [layerc({ types: "layers.d.ts" })] });
`,
  "rolldown.config.ts": `import { defineConfig } from "rolldown";
import layerc from "layerc/rolldown";
export default defineConfig({ input: "main.js", plugins: [layerc()] });
`,
  "esbuild.config.ts": `import { build } from "esbuild";
import layerc from "layerc/esbuild";
await build({ entryPoints: ["main.js"], plugins: [layerc({ target: "auto" })] });
`,
  "webpack.config.ts": `import type { Configuration } from "webpack";
import layerc from "layerc/webpack";
export const configuration: Configuration = { plugins: [layerc({ types: false })] };
`,
  "rspack.config.ts": `import type { Configuration } from "@rspack/core";
import layerc from "layerc/rspack";
export const configuration: Configuration = { plugins: [layerc()] };
`,
  "wrong.ts": `import { layers } from "layerc/vite";
// @ts-expect-error: there is no such target
layers({ target: "typscript" });
// @ts-expect-error: a bundled module carries its weights
layers({ weights: "file" });
`,
};

const use = `import { used } from "./models/two.layers";
export const output: Float32Array = used.forward([1, 2]);
// @ts-expect-error: the shape is in the type
export const wrong = used.forward([1, 2] as ArrayLike<number> & { readonly __shape?: readonly [3] });
`;

const options = { strict: true, noEmit: true, module: "esnext", moduleResolution: "bundler", target: "es2022" };

test("the bundlers' types take the plugin", () => {
  const project = createProject({ ...sample, ...configurations });
  project.write(
    "tsconfig.json",
    JSON.stringify({ compilerOptions: { ...options, skipLibCheck: true }, files: Object.keys(configurations) }),
  );
  expect(compile(project)).toBe("");
});

test("the plugin's own types need nobody else's", () => {
  const files = bundlers
    .map((bundler) => `export { layers as ${bundler}, default as ${bundler}Default } from "layerc/${bundler}";`)
    .join("\n");
  const project = createProject({ "all.ts": files });
  const compilerOptions = { ...options, types: [], lib: ["es2022", "dom"] };
  project.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["all.ts"] }));
  expect(compile(project)).toBe("");
});

test("in a project with a tsconfig.json the plugin writes the declarations that tsc reads", async () => {
  const project = createProject({ ...sample, "use.ts": use });
  await bundle(project, "vite");
  expect(existsSync(path.join(project.folder, "models/two.d.layers.ts"))).toBe(false);

  const compilerOptions = { ...options, allowArbitraryExtensions: true };
  project.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["use.ts"] }));
  expect(compile(project)).toContain("two.layers");
  await bundle(project, "vite");
  expect(compile(project)).toBe("");

  expect((await bundle(project, "rollup", { types: "layers.d.ts" })).ok).toBe(true);
  expect(project.read("models/two.layers.d.ts")).toBe(project.read("models/two.d.layers.ts"));
});

test("a file of one's own in the place of declarations is left alone, with a warning", async () => {
  const project = createProject({ ...sample, "models/two.d.layers.ts": "export {};\n" });
  const { ok, text } = await bundle(project, "vite", { types: true });
  expect(ok).toBe(true);
  expect(text).toContain("two.d.layers.ts");
  expect(project.read("models/two.d.layers.ts")).toBe("export {};\n");
});

test.each(bundlers)("a configuration of %s that is CommonJS requires the plugin", (bundler) => {
  const project = createProject({
    "try.cjs": `const { layers: layerc } = require("layerc/${bundler}");
console.log(typeof layerc(), require("layerc/${bundler}").default === layerc);
`,
  });
  const said = execFileSync(process.execPath, ["try.cjs"], { cwd: project.folder, encoding: "utf8" });
  expect(said.trim()).toBe("object true");
});

/** What tsc says about a project. */
function compile({ folder }: Project): string {
  try {
    return execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."], {
      cwd: folder,
      encoding: "utf8",
    });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}
