import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { startOn } from "./real-folder.ts";

const valid = "model M { input [4] Dense(3) }";

describe("the project's config", () => {
  test("gives the options of generated code, read anew when it changes", async () => {
    const client = await startOn({
      "package.json": "{}",
      "layerc.config.json": '{ "emit": "js", "overrides": [{ "files": "deep/*.layers", "emit": "mjs" }] }',
    });
    client.open(valid);
    client.open(valid, "deep/b.layers");
    const names = async (name: string): Promise<readonly string[]> => {
      const given = { command: "layerc.showGenerated", arguments: [{ uri: client.uri(name) }] };
      const { files } = await client.request<{ files: readonly { name: string }[] }>("workspace/executeCommand", given);
      return files.map((file) => file.name);
    };
    expect(await names("a.layers")).toEqual(["a.js", "a.d.ts"]);
    expect(await names("deep/b.layers")).toEqual(["b.mjs", "b.d.mts"]);
    fs.writeFileSync(path.join(client.root, "layerc.config.json"), '{ "emit": "cjs" }');
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: client.uri("layerc.config.json"), type: 2 }] });
    expect(await names("deep/b.layers")).toEqual(["b.cjs", "b.d.cts"]);
  });

  test("what is wrong with it is shown in it, and taken back when it is mended", async () => {
    const client = await startOn({ "package.json": "{}", "layerc.config.json": '{\n  "emmit": "js"\n}\n' });
    client.open(valid);
    expect(await client.pushed()).toEqual([]);
    await client.told("textDocument/publishDiagnostics", 2);
    expect(client.published("layerc.config.json").at(-1)?.diagnostics).toMatchObject([
      { code: "config-unknown-key", severity: 1, range: { start: { line: 1, character: 2 } } },
    ]);
    fs.writeFileSync(path.join(client.root, "layerc.config.json"), '{ "emit": "js" }');
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: client.uri("layerc.config.json"), type: 2 }] });
    await expect.poll(() => client.published("layerc.config.json").at(-1)?.diagnostics).toEqual([]);
  });

  test("a script that prints, throws or has no export harms nobody", async () => {
    for (const [text, code] of [
      ['throw new Error("no")', "config-failed"],
      ["export const config = {};", "config-not-exported"],
    ] as const) {
      const client = await startOn({ "package.json": "{}", "layerc.config.mjs": `${text}\n` });
      client.open("model M { input [4] Dence(3) }");
      expect(await client.pushed()).toMatchObject([{ code: "unknown-layer" }]);
      await expect.poll(() => client.published("layerc.config.mjs").at(-1)?.diagnostics).toMatchObject([{ code }]);
    }
  });

  test("no script is run in a folder that is not trusted", async () => {
    const client = await startOn(
      {
        "package.json": "{}",
        "layerc.config.mjs":
          'import fs from "node:fs"; fs.writeFileSync(new URL("./ran", import.meta.url), ""); export default {};',
      },
      { params: { initializationOptions: { config: false } } },
    );
    client.open(valid);
    expect(await client.pushed()).toEqual([]);
    expect(fs.existsSync(path.join(client.root, "ran"))).toBe(false);
  });

  test("files of other projects see one another's unsaved texts", async () => {
    const client = await startOn({
      "one/package.json": "{}",
      "one/layerc.config.json": '{ "emit": "js" }',
      "two/package.json": "{}",
      "two/layerc.config.json": '{ "emit": "cjs" }',
      "one/b.layers": "block B() { Dense(2) }",
    });
    client.open('import { B } from "../one/b.layers"\nmodel M { input [4] B() -> [2] }', "two/a.layers");
    expect(await client.pushed("two/a.layers")).toEqual([]);
    client.open("block B() { Dense(3) }", "one/b.layers");
    await client.pushed("one/b.layers");
    expect(await client.pushed("two/a.layers")).toMatchObject([{ code: "shape-assertion-failed" }]);
  });
});

describe("reads are kept within the project", () => {
  const files = {
    "project/package.json": "{}",
    "project/layerc.config.json": '{ "sandboxPaths": true }',
    "free/package.json": "{}",
    "b.layers": "block B() { Dense(2) }",
  };
  const importing = 'import { B } from "../b.layers"\nmodel M { input [4] B() }';

  test("where the config says so, or the client, and nowhere else", async () => {
    const client = await startOn(files);
    client.open(importing, "free/a.layers");
    expect(await client.pushed("free/a.layers")).toEqual([]);
    client.open(importing, "project/a.layers");
    expect(await client.pushed("project/a.layers")).toMatchObject([{ code: "import-unreadable" }]);

    const cautious = await startOn(files, { params: { initializationOptions: { sandboxPaths: true } } });
    cautious.open(importing, "free/a.layers");
    expect(await cautious.pushed("free/a.layers")).toMatchObject([{ code: "import-unreadable" }]);
  });
});

describe("files on the disk", () => {
  test("are watched by the server for a client that watches none", async () => {
    const client = await startOn({ "b.layers": "block B() { Dense(2) }" });
    client.open('import { B } from "./b.layers"\nmodel M { input [4] B() -> [2] }');
    expect(await client.pushed()).toEqual([]);
    fs.writeFileSync(path.join(client.root, "b.layers"), "block B() { Dense(3) }\n");
    await expect
      .poll(() => client.published("a.layers").at(-1)?.diagnostics, { timeout: 20_000 })
      .toMatchObject([{ code: "shape-assertion-failed" }]);
    fs.rmSync(path.join(client.root, "b.layers"));
    await expect
      .poll(() => client.published("a.layers").at(-1)?.diagnostics, { timeout: 20_000 })
      .toMatchObject([{ code: "import-unreadable" }]);
  });

  test("that a client which watches files is not told of are watched all the same", async () => {
    const { root } = await startOn({ "b.layers": "block B() { Dense(2) }", "open/package.json": "{}" });
    const client = await startOn(
      { "package.json": "{}" },
      { capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } } },
    );
    const outside = path.join(root, "b.layers");
    client.open(`import { B } from "${path.relative(client.root, outside)}"\nmodel M { input [4] B() -> [2] }`);
    expect(await client.pushed()).toEqual([]);
    fs.writeFileSync(outside, "block B() { Dense(3) }\n");
    await expect
      .poll(() => client.published("a.layers").at(-1)?.diagnostics, { timeout: 20_000 })
      .toMatchObject([{ code: "shape-assertion-failed" }]);
  });

  test("large ones are read with a progress, for clients that show one", async () => {
    const client = await startOn({}, { capabilities: { window: { workDoneProgress: true } } });
    fs.writeFileSync(path.join(client.root, "m.npz"), Buffer.alloc(17 * 2 ** 20));
    client.open('model M { weights "./m.npz" input [4] Dense(3) }');
    expect(await client.pushed()).toMatchObject([{ code: "weights-damaged" }]);
    await client.told("$/progress", 2);
    const progress = client.sent
      .filter(({ method }) => method === "$/progress")
      .map(({ params }) => (params as { value: object }).value);
    expect(progress).toMatchObject([{ kind: "begin", title: "Reading m.npz (18 MB)" }, { kind: "end" }]);
  });
});
