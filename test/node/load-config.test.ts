import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/node/load-config.ts";
import { projectFileOptions } from "../../src/node/project-config.ts";
import { makeSandbox } from "../cli/sandbox.ts";

const manifest = { "package.json": "{}" };

/** The config found from a folder of a project, with paths seen from the project. */
async function found(files: Readonly<Record<string, string>>, from = ".", file?: string) {
  const { folder } = makeSandbox({ ...manifest, ...files });
  fs.mkdirSync(path.join(folder, from), { recursive: true });
  const loaded = await loadConfig(path.join(folder, from), file);
  const seen = (name: string): string => path.relative(folder, name);
  if (!loaded.ok) {
    return {
      problems: loaded.diagnostics.map(({ code, message, span }) => {
        const text = loaded.sources.find((source) => source.path === span?.file)?.text;
        return [
          code,
          message.replaceAll(folder, "…"),
          span === undefined ? undefined : text?.slice(span.start, span.end),
        ];
      }),
      dependencies: loaded.dependencies.map(seen),
    };
  }
  const { config, dependencies } = loaded;
  return {
    config,
    path: loaded.path === undefined ? undefined : seen(loaded.path),
    folder: seen(loaded.folder),
    dependencies: dependencies.map(seen),
  };
}

describe("a config is found", () => {
  test.each([
    ["layerc.config.ts", `const out: string = "out";\nexport default { outDir: out } satisfies object;`],
    ["layerc.config.mts", `interface Config { outDir: string }\nexport default { outDir: "out" } as Config;`],
    ["layerc.config.js", `module.exports = { outDir: "out" };`],
    ["layerc.config.js", `export default { outDir: "out" };`],
    ["layerc.config.mjs", `const outDir = await Promise.resolve("out");\nexport default { outDir };`],
    ["layerc.config.ts", `export default Promise.resolve({ outDir: "out" });`],
    ["layerc.config.json", `\uFEFF{ "outDir": "out", /* why not */ }`],
    ["package.json", `{ "name": "x", "layerc": { "outDir": "out" } }`],
  ])("in %s", async (name, text) => {
    expect(await found({ [name]: text })).toEqual({
      config: { outDir: "out" },
      path: name,
      folder: "",
      dependencies: [name],
    });
  });

  const late = "const wait = (value) => new Promise((done) => setTimeout(done, 1, value));";
  test.each<readonly [name: string, text: string]>([
    ["layerc.config.mjs", '/** @type {import("layerc").LayercConfig} */ export default { target: "wasm" };'],
    ["layerc.config.mjs", 'const target = "wasm"; export default { target };'],
    ["layerc.config.ts", 'const config = { target: "wasm" as const }; /* so */ export { config as default };'],
    ["layerc.config.ts", 'export = { target: "wasm" };'],
    ["layerc.config.js", 'const text = `\nexport default {};\n`; module.exports = { target: text && "wasm" };'],
    [
      "layerc.config.js",
      'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = { target: "wasm" };',
    ],
    ["layerc.config.js", '"use strict"; exports.target = "wasm";'],
    ["layerc.config.mjs", 'export const then = 3; export default { target: "wasm" };'],
    ["layerc.config.mjs", 'export default { then: (done) => done({ target: "wasm" }) };'],
    ["layerc.config.mjs", `${late} export default wait({ target: await wait("wasm") });`],
    [
      "layerc.config.mjs",
      'export default Object.create({ emit: 7 }, { target: { value: "wasm", enumerable: true } });',
    ],
    [
      "layerc.config.mjs",
      'export default new Proxy({}, { ownKeys: () => ["target"], get: () => "wasm", getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) });',
    ],
  ])("as Node runs the script: %s %s", async (name, text) => {
    expect(await found({ [name]: text })).toMatchObject({ path: name, config: { target: "wasm" } });
  });

  test("and an empty one is one", async () => {
    expect(await found({ "layerc.config.js": "module.exports = {};" })).toMatchObject({ path: "layerc.config.js" });
  });

  test("in an ES module of a project of ES modules", async () => {
    const files = { "package.json": `{ "type": "module" }`, "layerc.config.js": `export default { outDir: "out" };` };
    expect(await found(files)).toMatchObject({ config: { outDir: "out" } });
  });

  test("in a folder above, but not above the nearest package.json", async () => {
    const config = { "layerc.config.json": `{ "outDir": "out" }` };
    expect(await found(config, "src/deep")).toMatchObject({ path: "layerc.config.json", folder: "" });
    const inner = { ...config, "packages/a/package.json": "{}" };
    expect(await found(inner, "packages/a/src")).toEqual({
      config: {},
      path: undefined,
      folder: "packages/a/src",
      dependencies: [],
    });
  });

  test("in the nearest folder that has one", async () => {
    const files = {
      "layerc.config.json": `{ "outDir": "far" }`,
      "src/layerc.config.mjs": `export default { outDir: "near" };`,
    };
    expect(await found(files, "src/deep")).toMatchObject({ config: { outDir: "near" }, folder: "src" });
  });

  test("by its name, whatever else there is", async () => {
    const files = { "layerc.config.json": `{ "outDir": "a" }`, "config/small.ts": `export default { outDir: "b" };` };
    expect(await found(files, ".", "config/small.ts")).toMatchObject({ config: { outDir: "b" }, folder: "config" });
  });

  test("and what tsc made of it is not a second one", async () => {
    const files = { "layerc.config.mts": `export default { outDir: "a" };`, "layerc.config.mjs": "" };
    expect(await found(files)).toMatchObject({ config: { outDir: "a" }, path: "layerc.config.mts" });
  });

  test("nowhere: it is empty then", async () => {
    expect(await found({ "package.json": `{ "layerc": null }` })).toMatchObject({ config: {}, dependencies: [] });
  });

  test("and a package.json that is broken is npm's affair", async () => {
    expect(await found({ "package.json": `{ "name": ` })).toMatchObject({ config: {} });
    expect(await found({ "package.json": `[]` })).toMatchObject({ config: {} });
  });
});

describe("what a script imports", () => {
  const files = {
    "layerc.config.ts": `import { outDir } from "./shared.ts";\nimport type { X } from "not-installed";\nexport default { outDir };`,
    "shared.ts": `export const outDir: string = "first";`,
  };

  test("is a dependency", async () => {
    expect((await found(files)).dependencies).toEqual(["layerc.config.ts", "shared.ts"]);
  });

  test("is read again when it changes", async () => {
    const { folder } = makeSandbox({ ...manifest, ...files });
    expect(await loadConfig(folder)).toMatchObject({ config: { outDir: "first" } });
    fs.writeFileSync(path.join(folder, "shared.ts"), `export const outDir: string = "second";`);
    const again = await loadConfig(folder);
    expect(again).toMatchObject({ config: { outDir: "second" } });
    expect(again.dependencies.length).toBe(2);
    fs.writeFileSync(path.join(folder, "layerc.config.ts"), `export default { outDir: "third" };`);
    expect(await loadConfig(folder)).toMatchObject({ config: { outDir: "third" } });
  });

  test.each(["js", "mjs"])("an ES module named .%s is read again too", async (extension) => {
    const { folder } = makeSandbox({ "package.json": `{ "type": "module" }` });
    for (const outDir of ["first", "second"]) {
      fs.writeFileSync(path.join(folder, `layerc.config.${extension}`), `export default { outDir: "${outDir}" };`);
      expect(await loadConfig(folder)).toMatchObject({ config: { outDir } });
    }
  });

  test("nothing is written beside a config without node_modules", async () => {
    const sandbox = makeSandbox({ ...manifest, ...files });
    await loadConfig(sandbox.folder);
    expect(Object.keys(sandbox.contents())).toEqual(["layerc.config.ts", "package.json", "shared.ts"]);
  });
});

describe("a config is refused", () => {
  const ts = (text: string) => ({ "layerc.config.ts": text });
  test.each([
    [
      { "layerc.config.json": `{ "emit": 1 }` },
      ["config-wrong-value", "'emit' is the number 1, expected 'ts', 'js', 'mts', 'mjs' or 'cjs'", "1"],
    ],
    [{ "package.json": `{ "layerc": { "x": 1 } }` }, ["config-unknown-key", "'x' is not a key of the config", `"x"`]],
    [
      { "package.json": `{ "layerc": { "emit": "js", } }` },
      ["config-syntax", "Found no key, expected one in double quotes", "}"],
    ],
    [
      { "package.json": `{ "layerc": [] }` },
      ["config-wrong-value", "The config is an empty list, expected an object", "[]"],
    ],
    [
      { "layerc.config.json": " \n" },
      ["config-unreadable", "Can't read the config 'layerc.config.json': it is empty", undefined],
    ],
    [ts(""), ["config-unreadable", "Can't read the config 'layerc.config.ts': it is empty", undefined]],
    [
      ts("export const config = {};"),
      [
        "config-not-exported",
        "The config 'layerc.config.ts' has no default export, expected the config to be one",
        undefined,
      ],
    ],
    [
      ts("export default () => ({});"),
      ["config-wrong-value", "The config is a function, expected an object", "export default"],
    ],
    [
      ts(`export default Promise.reject(new Error("late"));`),
      [
        "config-failed",
        "The config 'layerc.config.ts' fails: late",
        `export default Promise.reject(new Error("late"));`,
      ],
    ],
    [
      ts(`interface A { b: 1 }\n\n  throw new Error("boom\\nmore");\nexport default {};`),
      ["config-failed", "The config 'layerc.config.ts' fails: boom", `throw new Error("boom\\nmore");`],
    ],
    [
      ts(`export default {\n  emit: ,\n};`),
      ["config-failed", "The config 'layerc.config.ts' fails: Unexpected token", "emit: ,"],
    ],
    [
      ts(`import "./missing.ts";\nexport default {};`),
      [
        "config-failed",
        "The config 'layerc.config.ts' fails: Cannot find module './missing.ts'",
        `import "./missing.ts";`,
      ],
    ],
    [
      ts("const config = { outDir: 'out' };"),
      [
        "config-not-exported",
        "The config 'layerc.config.ts' has no default export, expected the config to be one",
        undefined,
      ],
    ],
    [
      ts("throw 3;\nexport default {};"),
      ["config-failed", "The config 'layerc.config.ts' fails: it throws the number 3", undefined],
    ],
    [
      { "layerc.config.mjs": "export default {};", "layerc.config.json": "{}", "package.json": `{ "layerc": {} }` },
      [
        "config-ambiguous",
        "'layerc.config.mjs' is not the only config of its folder: there is 'layerc.config.json' and the field 'layerc' of package.json too",
        undefined,
      ],
    ],
  ])("%j", async (files: Readonly<Record<string, string>>, problem) => {
    const { problems } = await found(files);
    expect(problems).toEqual([problem]);
  });

  test.each<readonly [text: string, reason: string]>([
    ["{ get emit() { throw new Error('no'); } }", "no"],
    ["{ overrides: [{ get files() { throw null; } }] }", "it throws null"],
    ["new Proxy({}, { ownKeys() { throw new Error('trap'); } })", "trap"],
    [
      "(({ proxy, revoke }) => (revoke(), proxy))(Proxy.revocable({}, {}))",
      "Cannot perform 'get' on a proxy that has been revoked",
    ],
    ["{ get then() { throw new Error('then'); } }", "then"],
    ["{ then() { throw new Error('called'); } }", "called"],
    ["((one) => (one.overrides = [one], one))({})", "its values nest deeper than 8, or hold themselves"],
    ["{ include: Array(2 ** 32 - 1) }", "it has more than 10000 values"],
    [
      "(() => { throw Object.defineProperty(new Error(), 'message', { get() { throw 1; } }); })()",
      "it throws something that can't be looked at",
    ],
    [
      "(() => { throw new Proxy({}, { getPrototypeOf() { throw 1; } }); })()",
      "it throws something that can't be looked at",
    ],
    ["(() => { throw Object.assign(new Error(), { message: 7, stack: 8 }); })()", "7"],
  ])("that fails where it is read: %s", async (text, reason) => {
    const { problems } = await found({ "layerc.config.mjs": `export default ${text};` });
    expect(problems?.map((problem) => problem.slice(0, 2))).toEqual([
      ["config-failed", `The config 'layerc.config.mjs' fails: ${reason}`],
    ]);
  });

  test.each([
    ["layerc.config.json", '{ "__proto__": { "emit": 7 } }'],
    ["package.json", '{ "layerc": { "__proto__": { "emit": 7 } } }'],
    ["layerc.config.mjs", 'export default JSON.parse(`{ "__proto__": { "emit": 7 } }`);'],
    ["layerc.config.json", '{ "overrides": [{ "files": "*", "__proto__": { "emit": 7 } }] }'],
  ])("whose key __proto__ would change what no check sees: %s %s", async (name, text) => {
    const { problems } = await found({ [name]: text });
    expect(problems).toEqual([
      [
        "config-unknown-key",
        expect.stringMatching(/^'__proto__' is not a key of (?:the config|'overrides\[0\]')$/),
        expect.anything(),
      ],
    ]);
  });

  test.each(["layerc.config.json", "package.json"])("%s that nests thousands of lists", async (name) => {
    for (const open of ["[", '{"layerc":', "/**/["]) {
      const { problems } = await found({ [name]: open.repeat(6000) });
      // A package.json that can't be read is npm's affair.
      if (name === "package.json") expect(problems).toBe(undefined);
      else
        expect(problems).toMatchObject([
          ["config-syntax", "This nests lists and objects deeper than 500", expect.any(String)],
        ]);
    }
  });

  test("that is longer than a config is, before it is read", async () => {
    const { folder } = makeSandbox({ ...manifest, "layerc.config.json": "" });
    fs.truncateSync(path.join(folder, "layerc.config.json"), 2 ** 40);
    expect(await loadConfig(folder)).toMatchObject({
      diagnostics: [
        { message: expect.stringContaining("has 1,099,511,627,776 bytes, more than the 4,194,304 that are read") },
      ],
    });
  });

  test("whose name is wrong", async () => {
    const of = async (file: string) =>
      (await found({ "layerc.config.json": "{}", "a.layers": "" }, ".", file)).problems;
    expect(await of("missing.ts")).toEqual([
      ["config-unreadable", "Can't read the config 'missing.ts': no such file", undefined],
    ]);
    expect(await of(".")).toEqual([["config-unreadable", "Can't read the config '.': is a folder", undefined]]);
    expect(await of("a.layers")).toEqual([
      [
        "config-unreadable",
        "Can't read the config 'a.layers': its name ends in none of .ts, .mts, .js, .mjs, .json",
        undefined,
      ],
    ]);
  });

  test("that is a folder", async () => {
    expect((await found({ "layerc.config.json/x": "" }, "src")).problems).toEqual([
      ["config-unreadable", "Can't read the config '../layerc.config.json': is a folder", undefined],
    ]);
  });

  test("beside a package.json that is a folder, which is named", async () => {
    const { folder } = makeSandbox({ "package.json/x": "", "src/x": "" });
    expect(await loadConfig(path.join(folder, "src"))).toMatchObject({
      diagnostics: [{ code: "config-unreadable", message: "Can't read the config '../package.json': is a folder" }],
      dependencies: [path.join(folder, "package.json")],
    });
  });

  test("and what it was made from is known, so that a watcher sees it mended", async () => {
    expect((await found(ts("throw 1"))).dependencies).toEqual(["layerc.config.ts"]);
    expect((await found(ts("export default 1"))).dependencies).toEqual(["layerc.config.ts"]);
  });
});

test("the options of a file are found from any folder", async () => {
  const { folder } = makeSandbox({
    "layerc.config.json": `{ "overrides": [{ "files": "models/*.layers", "emit": "js" }] }`,
    "package.json": "{}",
    "models/deep/x": "",
  });
  const loaded = await loadConfig(path.join(folder, "models"));
  if (!loaded.ok) throw new Error("the config is fine");
  const options = (file: string, cwd: string) => projectFileOptions(loaded, file, path.join(folder, cwd));
  expect(options("a.layers", "models")).toEqual({ emit: "js" });
  expect(options("../a.layers", "models/deep")).toEqual({ emit: "js" });
  expect(options(path.join(folder, "models/a.layers"), "elsewhere")).toEqual({ emit: "js" });
  expect(options("models/deep/a.layers", ".")).toEqual({});
});
