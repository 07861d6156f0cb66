import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import type { SourceMapPayload } from "node:module";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { version } from "../../../src/version.ts";
import { bundle, bundleFile, bundlers, runBundle, watchBundle } from "./bundle.ts";
import { originOf } from "./origin-of.ts";
import { createProject } from "./project.ts";
import { blocks, changed, hiddenLine, sample, weights } from "./sample.ts";

describe.each(bundlers)("%s", (bundler) => {
  test("bundles the models that are used, and no others", async () => {
    const project = createProject(sample);
    expect(await bundle(project, bundler)).toEqual({ ok: true, text: expect.not.stringMatching(/error|warning/i) });
    expect(await runBundle(project)).toBe("6 12");
    const code = withoutComments(readFileSync(bundleFile(project), "utf8"));
    expect(code).toContain("Used");
    expect(code).not.toMatch(/Unused|leftover/);
  });

  test("drops a module of which nothing is used", async () => {
    const project = createProject({
      ...sample,
      "main.js": 'import { used } from "./models/two.layers";\nconsole.log(1);\n',
    });
    await bundle(project, bundler);
    expect(await runBundle(project)).toBe("1");
    expect(withoutComments(readFileSync(bundleFile(project), "utf8"))).not.toMatch(/forwardBatch|Float32Array/);
  });

  test("maps the code of a layer to its line", async () => {
    const project = createProject(sample);
    await bundle(project, bundler);
    const file = bundleFile(project);
    const map = JSON.parse(readFileSync(`${file}.map`, "utf8")) as SourceMapPayload;
    const source = map.sources.findIndex((name) => name.endsWith("models/two.layers"));
    expect(map.sourcesContent[source]).toBe(sample["models/two.layers"]);
    // The factor 3 of the weights, doubled by the layer that is fused into it.
    const { originalSource, originalLine } = originOf(/\b6 ?\* ?\w/, readFileSync(file, "utf8"), map);
    expect(originalSource).toBe(map.sources[source]);
    expect(originalLine + 1).toBe(hiddenLine);
  });

  test("shows errors with their lines, all of them", async () => {
    const project = createProject({ ...sample, "models/two.layers": changed("Dense(2)", "Densee(2)\n  Dense(0)") });
    const { ok, text } = await bundle(project, bundler);
    expect(ok).toBe(false);
    expect(text).toContain("unknown-layer");
    expect(text).toContain("There is no layer, block or model 'Densee'");
    expect(text).toContain("did you mean 'Dense'?");
    expect(text).toMatch(/models\/two\.layers:6:1[01]/);
    expect(text).toMatch(/6 [│|] {3}hidden: Densee\(2\)\n.*(?:\^|~){6}/);
    expect(text).toMatch(/7 [│|] {3}Dense\(0\)/);
    expect(text).not.toMatch(/\n\s+at .*(?:layerc|unplugin)/);
  });

  test("shows an error of an imported file there", async () => {
    const project = createProject({ ...sample, "models/blocks.layers": "block Tail() {\n  Rescaling(\n}\n" });
    const { ok, text } = await bundle(project, bundler);
    expect(ok).toBe(false);
    expect(text).toContain("models/blocks.layers:");
  });

  test("shows warnings, and goes on", async () => {
    const project = createProject(sample);
    const { ok, text } = await bundle(project, bundler, { target: "wasm" });
    expect(ok).toBe(true);
    expect(text).toContain("slower-target");
    expect(text).toContain("two.layers");
    expect(await runBundle(project)).toBe("6 12");
  });

  test("takes options from the config, and its own before them", async () => {
    const project = createProject({ ...sample, "layerc.config.json": '{ "target": "wasm", "weights": "file" }' });
    const refused = await bundle(project, bundler);
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain("bundled-weights-in-file");
    expect((await bundle(project, bundler, { weights: "inline" })).ok).toBe(true);
    expect(readFileSync(bundleFile(project), "utf8")).toContain("WebAssembly");
    expect((await bundle(project, bundler, { weights: "inline", target: "typescript" })).ok).toBe(true);
    expect(readFileSync(bundleFile(project), "utf8")).not.toContain("WebAssembly");
  });

  test("builds again when the model, an imported file or the weights change", async () => {
    const project = createProject(sample);
    const { gives, refuses } = watchBundle(project, bundler);
    const write = (file: string, content: string | Uint8Array) => (): void => project.write(file, content);
    await gives("6 12");
    await gives("10 20", write("models/used.safetensors", weights(5)));
    await gives("20 40", write("models/blocks.layers", blocks.replace("2", "4")));

    const misspelt = changed("Dense(2)", "Densee(2)");
    await refuses("There is no layer, block or model 'Densee'", write("models/two.layers", misspelt));
    const mended = changed("Dense(2)", "Dense(2, activation=relu)");
    await gives("20 40", write("models/two.layers", mended));

    // What mends an error may lie in another file.
    await refuses("Rescalin", write("models/blocks.layers", "block Tail() {\n  Rescalin(4)\n}\n"));
    await gives("2.5 5", write("models/blocks.layers", blocks.replace("2", "0.5")));
  });
});

describe.each(["webpack", "rspack"] as const)("the cache of %s on disk", (bundler) => {
  const cache = { type: bundler === "webpack" ? "filesystem" : "persistent" };

  test("notices a changed weight file and a changed import", async () => {
    const project = createProject(sample);
    await bundle(project, bundler, { cache });
    expect(await runBundle(project)).toBe("6 12");
    project.write("models/used.safetensors", weights(5));
    await bundle(project, bundler, { cache });
    expect(await runBundle(project)).toBe("10 20");
    project.write("models/blocks.layers", blocks.replace("2", "4"));
    await bundle(project, bundler, { cache });
    expect(await runBundle(project)).toBe("20 40");
  });

  test("notices a new version of layerc", async () => {
    const project = createProject(sample);
    await bundle(project, bundler, { cache });
    expect(project.read("out/main.cjs")).toContain(`"s"}, expected `);
    const installed = path.join(project.folder, "node_modules/layerc");
    const changed = [
      "package.json",
      ...readdirSync(path.join(installed, "dist/chunks")).map((name) => `dist/chunks/${name}`),
    ];
    for (const file of changed) {
      const text = readFileSync(path.join(installed, file), "utf8");
      const other = text
        .replaceAll(`"s"}, expected `, `"s"}, wanted `)
        .replace(`"version": "${version}"`, '"version": "99.0.0"');
      if (other !== text) writeFileSync(path.join(installed, file), other);
    }
    await bundle(project, bundler, { cache });
    expect(project.read("out/main.cjs")).toContain(`"s"}, wanted `);
  });
});

function withoutComments(code: string): string {
  return code.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
}
