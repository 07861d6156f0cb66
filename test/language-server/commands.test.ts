import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { check, modelSvg } from "../../src/index.ts";
import { withoutLayout } from "../support/prettier.ts";
import { two } from "../verify/harness.ts";
import { startClient, uriOf, type ClientOptions, type TestClient } from "./client.ts";

const cases = JSON.stringify({ inputs: two.inputs, outputs: two.outputs });

function start(options: ClientOptions = {}): Promise<TestClient> {
  return startClient({ ...options, files: { "two.layers": two.text, ...two.weights(), ...options.files } });
}

/** Has the server run a command for a file. */
function run<Answer>(client: TestClient, name: string, given: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
  const params = { command: `layerc.${name}`, arguments: [{ uri: uriOf("two.layers"), ...given }] };
  return withoutLayout(() => client.request<Answer>("workspace/executeCommand", params));
}

test("the commands are those that the server says", async () => {
  const client = await start();
  const { commands } = client.initialized.capabilities.executeCommandProvider ?? {};
  expect(commands?.every((name) => name.startsWith("layerc."))).toBe(true);
  await expect(client.request("workspace/executeCommand", { command: "layerc.nonsense" })).rejects.toThrow(
    "there is no command 'layerc.nonsense'",
  );
});

describe("layerc.showGenerated", () => {
  interface Generated {
    readonly files: readonly { readonly name: string; readonly text: string }[];
    readonly lines: readonly ({
      readonly uri: string;
      readonly range: { readonly start: { readonly line: number } };
    } | null)[];
    readonly diagnostics: readonly { readonly code: string }[];
  }

  test("gives what a build would write, and where each line comes from", async () => {
    const client = await start();
    const { files, lines, diagnostics } = await run<Generated>(client, "showGenerated");
    expect(diagnostics).toEqual([]);
    expect(files.map(({ name }) => name)).toEqual(["two.ts"]);
    const text = files[0]?.text.split("\n") ?? [];
    const dense = two.text.split("\n").findIndex((line) => line.includes("Dense"));
    const from = lines.findIndex((place) => place?.range.start.line === dense);
    expect(lines[from]?.uri).toBe(uriOf("two.layers"));
    expect(text[from]).toContain("Dense");
  });

  test("of the text as it is open, with the options that are given", async () => {
    const client = await start();
    client.open("model Other { input [2] Dense(1) }", "two.layers");
    const { files } = await run<Generated>(client, "showGenerated", { emit: "js", target: "wasm" });
    expect(files.map(({ name }) => name)).toEqual(["two.js", "two.d.ts"]);
    expect(files[0]?.text).toContain("createOther");
    await expect(run(client, "showGenerated", { target: "cuda" })).rejects.toThrow(
      "'target' must be one of typescript",
    );
  });

  test("nothing for a file with errors, which are told", async () => {
    const client = await start({ files: { "two.layers": "model M { input [2] Dence(1) }" } });
    expect(await run(client, "showGenerated")).toMatchObject({ files: [], diagnostics: [{ code: "unknown-layer" }] });
  });

  test("is shown by clients that show documents, in a file that goes with the server, unless that is not wanted", async () => {
    const client = await start({ capabilities: { window: { showDocument: { support: true } } } });
    await run(client, "showGenerated", { show: false });
    expect(client.sent.map(({ method }) => method)).not.toContain("window/showDocument");
    const { files } = await run<Generated>(client, "showGenerated");
    await client.told("window/showDocument");
    const shown = client.sent.find(({ method }) => method === "window/showDocument")?.params as { uri: string };
    const file = fileURLToPath(shown.uri);
    expect(file).toMatch(/two\.ts$/);
    expect(fs.readFileSync(file, "utf8")).toBe(files[0]?.text);
    await client.request("shutdown");
    expect(fs.existsSync(file)).toBe(false);
  });
});

test("layerc.summary gives Keras' tables", async () => {
  const client = await start();
  const { text, models } = await run<{ text: string; models: readonly { name: string }[] }>(client, "summary", {
    width: 60,
  });
  expect(models.map(({ name }) => name)).toEqual(["Two"]);
  expect(text).toContain('Model: "Two"');
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
});

describe("layerc.diagram", () => {
  interface Drawn {
    readonly svg: string | null;
    readonly models: readonly string[];
    readonly diagnostics: readonly { readonly code: string }[];
  }

  const pair = "model One { input [2] Dense(1) }\nmodel Pair { input [2] One Dense(3) }";

  test("draws the models as the command line does, with the places of their layers in the open text", async () => {
    const client = await start();
    client.open(pair, "two.layers");
    const { svg, models, diagnostics } = await run<Drawn>(client, "diagram");
    const { models: checked } = await check(pair);
    expect(svg).toBe(modelSvg(checked));
    expect(models).toEqual(["One", "Pair"]);
    expect(diagnostics).toEqual([]);
    expect(svg).toContain(`data-start="${pair.indexOf("Dense(3)")}"`);
  });

  test("of one model, with nested ones closed", async () => {
    const client = await start({ files: { "two.layers": pair } });
    const { svg, models } = await run<Drawn>(client, "diagram", { model: "Pair", expandNested: false });
    const { models: checked } = await check(pair);
    expect(svg).toBe(modelSvg(checked.slice(1), { expandNested: false }));
    expect(models).toEqual(["Pair"]);
    await expect(run(client, "diagram", { model: "None" })).rejects.toThrow("there is no model 'None' in two.layers");
  });

  test("what has an error is not drawn, and told", async () => {
    const client = await start();
    client.open("model One { input [2] Dence(1) }", "two.layers");
    expect(await run(client, "diagram", { model: "One" })).toMatchObject({
      svg: null,
      models: [],
      diagnostics: [{ code: "unknown-layer" }],
    });
  });
});

describe("layerc.verify", () => {
  test("compares with the cases file beside the model, and says how it went", async () => {
    const client = await start({ files: { "two.cases.json": cases } });
    expect(await run(client, "verify")).toMatchObject({
      passed: true,
      against: "two.cases.json",
      models: [{ model: "Two", passed: true }],
      diagnostics: [],
    });
    await client.told("window/showMessage");
    expect(client.sent.find(({ method }) => method === "window/showMessage")?.params).toEqual({
      type: 3,
      message: expect.stringMatching(
        /^Two: \d+ samples, error [\d.e-]+, within the tolerance 2e-6 \(two\.cases\.json\)$/,
      ),
    });
  });

  test("with a file that is named, and a tolerance that it does not keep", async () => {
    const outputs = two.outputs.map((row) => row.map((value) => value + 0.5));
    const client = await start({ files: { "wrong.json": JSON.stringify({ inputs: two.inputs, outputs }) } });
    const found = await run(client, "verify", { against: "./wrong.json", show: false });
    expect(found).toMatchObject({ passed: false, diagnostics: [{ code: "verify-deviates" }] });
    expect(client.sent.map(({ method }) => method)).not.toContain("window/showMessage");
    expect(await run(client, "verify", { against: "./wrong.json", tolerance: 1 })).toMatchObject({ passed: true });
  });

  test("says where it has looked for samples", async () => {
    await expect(run(await start(), "verify")).rejects.toThrow("looked for two.cases.json, two.cases.npz");
  });
});

test("layerc.explain gives a page of Markdown for a code", async () => {
  const client = await start();
  const { text } = await run<{ text: string }>(client, "explain", { code: "unknown-layer" });
  expect(text).toMatch(/^# error: `unknown-layer`\n/);
  expect(text).toContain("```layers\nmodel M { input [4] Dens(3) }\n```");
  await expect(run(client, "explain", { code: "none" })).rejects.toThrow("there is no diagnostic 'none'");
});

test("a file that can't be read, or none at all, is told in words", async () => {
  const client = await start();
  await expect(run(client, "summary", { uri: uriOf("none.layers") })).rejects.toThrow(
    "can't read 'none.layers': no such file",
  );
  await expect(client.request("workspace/executeCommand", { command: "layerc.summary" })).rejects.toThrow(
    "needs the uri",
  );
});
