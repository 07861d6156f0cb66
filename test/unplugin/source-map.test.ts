import { readFileSync, readdirSync } from "node:fs";
import { SourceMap } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { compile, type CompileOptions } from "../../src/compile.ts";
import { sourceMap } from "../../src/unplugin/source-map.ts";

const root = fileURLToPath(new URL("../../examples/", import.meta.url));
const host = createNodeHost(root, nodeFileSystem);

/** For each function and constant of a module the text in the source that it comes from, to the end of its line. */
async function origins(file: string, text: string, options: CompileOptions = {}): Promise<ReadonlyMap<string, string>> {
  const { files, lineOrigins = [], sources } = await compile({ path: file, text }, { host, emit: "js", ...options });
  const made = sourceMap(lineOrigins, sources, root);
  const sourcesContent = made.sourcesContent.map((content) => content ?? "");
  const map = new SourceMap({ ...made, sourcesContent, file: "", sourceRoot: "" });
  const lines = String(files[0]?.content).split("\n");
  const found = new Map<string, string>();
  lines.forEach((line, at) => {
    const name = /^(?:export )?(?:const|function) (\w+)/.exec(line)?.[1];
    const entry = map.findEntry(at, 0);
    if (name === undefined || !("originalSource" in entry) || entry.originalSource === undefined) return;
    const source = sources.find((one) => path.resolve(root, one.path) === entry.originalSource);
    const original = source?.text.split(/\r?\n/)[entry.originalLine] ?? "";
    found.set(name, original.slice(entry.originalColumn));
  });
  return found;
}

const two = `model Small {
  input [3]
  first: Dense(4, activation=relu)
  Dense(2, activation=softmax)
}
model Outer { input [3]  Small  last: Dense(1) }
`;

describe("source maps", () => {
  test("a layer's functions come from its statement, the rest of a model from its name", async () => {
    const found = await origins("two.layers", two);
    expect(found.get("small_first")).toBe("first: Dense(4, activation=relu)");
    expect(found.get("small_dense")).toBe("Dense(2, activation=softmax)");
    expect(found.get("small_dense_softmax")).toBe("Dense(2, activation=softmax)");
    expect(found.get("createSmall")).toBe("Small {");
    expect(found.get("smallInfo")).toBe("Small {");
    // A nested model's layers are where that model is declared.
    expect(found.get("outer_small_first")).toBe("first: Dense(4, activation=relu)");
    expect(found.get("outer_last")).toBe("last: Dense(1) }");
    expect(found.get("readOuterWeights")).toMatch(/^Outer \{/);
    expect(found.has("checkLength")).toBe(false);
  });

  test("places are right with Windows' line ends and characters outside the BMP", async () => {
    const found = await origins("two.layers", `// 😀\r\n${two.replaceAll("\n", "\r\n")}`);
    expect(found.get("small_first")).toBe("first: Dense(4, activation=relu)");
    expect(found.get("createOuter")).toMatch(/^Outer \{/);
  });

  test("a function of WebAssembly comes from its model", async () => {
    const found = await origins("two.layers", two, { target: "wasm" });
    expect(found.get("smallWasm") ?? found.get("smallKernels")).toBe("Small {");
    expect(found.get("small_first")).toBe("first: Dense(4, activation=relu)");
  });

  test.each(readdirSync(root).filter((name) => name.endsWith(".layers")))(
    "everything in the module of %s comes from a layer or a model, but the helpers",
    async (file) => {
      const text = readFileSync(path.join(root, file), "utf8");
      const { models, lineOrigins, files } = await compile({ path: file, text }, { host, emit: "js" });
      if (models.length === 0) {
        expect(lineOrigins).toBe(undefined);
        return;
      }
      expect(lineOrigins?.length).toBe(String(files[0]?.content).split("\n").length);
      const found = await origins(file, text);
      for (const { name, exportName } of models) {
        expect(found.get(`create${name}`), name).toMatch(new RegExp(`^${name}\\b`));
        expect(found.get(`${exportName}Info`), name).toMatch(new RegExp(`^${name}\\b`));
      }
    },
  );
});
