import { describe, expect, test } from "vitest";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { documentOf, folder, startClient, uriOf, type TestClient } from "./client.ts";
import { modern } from "./documents.ts";

const valid = "model M { input [4] Dense(3) }";
const wrong = "model M {\n  input [4]\n  Dence(3)\n}\n";
const pulling = { textDocument: { diagnostic: { relatedDocumentSupport: true } } };

const range = (line: number, start: number, end: number) => ({
  start: { line, character: start },
  end: { line, character: end },
});

describe("pushed", () => {
  test("after opening and after each change, whole or in parts, and taken back when the document is closed", async () => {
    const client = await startClient();
    client.open(wrong);
    expect(await client.pushed()).toEqual([
      {
        range: range(2, 2, 7),
        severity: 1,
        code: "unknown-layer",
        source: "layerc",
        message: "There is no layer, block or model 'Dence'\nhelp: did you mean 'Dense'?",
      },
    ]);
    client.change(valid);
    expect(await client.pushed()).toEqual([]);
    client.change([
      { range: range(0, 26, 27), text: "0" },
      { range: range(0, 0, 0), text: "// 😀\n" },
    ]);
    expect(await client.pushed()).toMatchObject([{ code: "argument-range", range: range(1, 26, 27) }]);
    client.close();
    expect(await client.pushed()).toEqual([]);
  });

  test("at the URI that the client has for a document, and no other, open or closed", async () => {
    const own = "file:///project/a%28b%29.layers";
    const usual = uriOf("a(b).layers");
    const client = await startClient({ files: { "a(b).layers": "let B = Q\n" } });
    /** What the client shows now. */
    const shown = (): Readonly<Record<string, number>> => {
      const last = client.sent
        .filter(({ method }) => method === "textDocument/publishDiagnostics")
        .map(({ params }) => params as { readonly uri: string; readonly diagnostics: readonly unknown[] })
        .map(({ uri, diagnostics }) => [uri, diagnostics.length] as const);
      return Object.fromEntries(Object.entries(Object.fromEntries(last)).filter(([, count]) => count > 0));
    };
    const textDocument = { uri: own, languageId: "layers", version: 1, text: wrong };
    client.notify("textDocument/didOpen", { textDocument });
    await expect.poll(shown).toEqual({ [own]: 1 });
    client.notify("textDocument/didClose", { textDocument: { uri: own } });
    await expect.poll(shown).toEqual({});
    // As a closed file that another one imports, as an open one, and closed again.
    client.open('import { B } from "./a(b).layers"\nmodel M { input [4] Dense(B) }\n', "m.layers");
    await expect.poll(shown).toEqual({ [usual]: 1 });
    client.notify("textDocument/didOpen", { textDocument: { ...textDocument, text: "let B = Q\n" } });
    await expect.poll(shown).toEqual({ [own]: 1 });
    client.notify("textDocument/didClose", { textDocument: { uri: own } });
    await expect.poll(shown).toEqual({ [usual]: 1 });
  });

  test("with the version of the document, and none for a text that is not there any more", async () => {
    const client = await startClient();
    client.open(wrong);
    for (let count = 2; count <= 40; count++) client.change(count % 2 === 0 ? valid : wrong);
    client.change(valid);
    expect(await client.pushed()).toEqual([]);
    const versions = client.published("a.layers").map(({ version }) => version);
    expect(versions.at(-1)).toBe(41);
    expect(versions.length).toBeLessThan(20);
  });

  test("none of any severity for a valid file without weights", async () => {
    const client = await startClient();
    client.open(valid);
    expect(await client.pushed()).toEqual([]);
  });

  test("what is not used is unnecessary, a hint is information, a related place is shown, or told in words", async () => {
    const text =
      "let a = 3\nmodel M { input [4]\nDense(8 // 2\n)\nDense(1, activation=softmax)\n}\nmodel N { input [4] Dense(3) -> [4] }";
    const [able, unable] = [await startClient({ capabilities: modern }), await startClient()];
    const found = async (client: TestClient, code: string) => {
      client.open(text);
      return (await client.pushed()).find((one) => one.code === code);
    };
    expect(await found(able, "integer-division-comment")).toMatchObject({ severity: 3 });
    const failed = await found(able, "shape-assertion-failed");
    expect(failed?.message).toBe("Dense 'dense' gives [3], but [4] is asserted\nthe shape is [3]");
    expect(failed?.relatedInformation).toEqual([
      { location: { uri: uriOf("a.layers"), range: range(6, 20, 28) }, message: "the shape [3] comes from here" },
    ]);
    expect((await found(unable, "shape-assertion-failed"))?.message).toContain(
      "\na.layers:7: the shape [3] comes from",
    );

    able.change("let a = 3\nmodel M { input [4] Dense(3) }");
    expect(await able.pushed()).toMatchObject([{ code: "unused-declaration", severity: 2, tags: [1] }]);
    unable.change("let a = 3\nmodel M { input [4] Dense(3) }");
    expect((await unable.pushed())[0]).not.toHaveProperty("tags");
  });
});

describe("of files that import one another", () => {
  const importing = 'import { B } from "./b.layers"\nmodel M {\n  input [4]\n  B(3)\n}\n';

  test("a file that is not open shows what is wrong with it for as long as one that is open imports it", async () => {
    const client = await startClient({ files: { "b.layers": "block B(units) { Dense(units }\n" } });
    client.open(importing);
    expect(await client.pushed()).toEqual([]);
    expect(client.published("b.layers").at(-1)).toMatchObject({
      diagnostics: [{ code: expect.any(String), severity: 1 }],
    });
    expect(client.published("b.layers").at(-1)).not.toHaveProperty("version");
    client.close();
    await client.pushed();
    expect(client.published("b.layers").at(-1)?.diagnostics).toEqual([]);
  });

  test("what a block makes of an argument is shown where that is written, and in the block where it is open too", async () => {
    const block = "block B(units) {\n  Dense(units)\n  Reshape([2, 2])\n}\n";
    const client = await startClient({ files: { "b.layers": block } });
    client.open(importing);
    expect(await client.pushed()).toMatchObject([{ code: "reshape-size", range: range(3, 2, 6) }]);
    expect(client.published("b.layers")).toEqual([]);

    client.open(block, "b.layers");
    expect(await client.pushed("b.layers")).toMatchObject([{ code: "reshape-size", range: range(2, 10, 16) }]);
    client.change(importing.replace("B(3)", "B(4)"));
    expect(await client.pushed("b.layers")).toEqual([]);
    expect(await client.pushed()).toEqual([]);
  });

  test("an edit in an open file, not yet saved, is checked in those that import it", async () => {
    const client = await startClient({ files: { "b.layers": "block B(units) { Dense(units) }" } });
    client.open(importing);
    expect(await client.pushed()).toEqual([]);
    client.open("block B(units, rate) { Dense(units) Dropout(rate) }", "b.layers");
    await client.pushed("b.layers");
    expect(await client.pushed()).toMatchObject([{ code: "missing-argument" }]);
    client.close("b.layers");
    await client.pushed("b.layers");
    expect(await client.pushed()).toEqual([]);
  });

  test("a file that has changed on the disk is checked again where it is imported", async () => {
    const client = await startClient();
    client.open(importing);
    expect(await client.pushed()).toMatchObject([{ code: "import-unreadable" }]);
    client.files.set(`${folder}/b.layers`, "block B(units) { Dense(units) }");
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf("b.layers"), type: 1 }] });
    expect(await client.pushed()).toEqual([]);
  });
});

describe("of weights", () => {
  const weights = (units: number): Uint8Array =>
    writeSafetensors([
      { name: "dense.kernel", shape: [4, units], data: new Float32Array(4 * units) },
      { name: "dense.bias", shape: [units], data: new Float32Array(units) },
    ]);

  test("a shape that does not fit the file is an error at the layer, until the file has changed", async () => {
    const text = 'model M {\n  weights "./m.safetensors"\n  input [4]\n  Dense(3)\n}\n';
    const client = await startClient({ files: { "m.safetensors": weights(2) } });
    client.open(text);
    expect(await client.pushed()).toMatchObject([{ code: "weight-shape-mismatch", range: { start: { line: 3 } } }]);
    client.files.set(`${folder}/m.safetensors`, weights(3));
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf("m.safetensors"), type: 2 }] });
    expect(await client.pushed()).toEqual([]);
  });
});

describe("asked for", () => {
  interface Report {
    readonly kind: string;
    readonly resultId: string;
    readonly items?: readonly unknown[];
    readonly relatedDocuments?: Readonly<Record<string, Report>>;
  }
  const ask = (client: TestClient, previousResultId?: string, name?: string): Promise<Report> =>
    client.request<Report>("textDocument/diagnostic", { ...documentOf(name), previousResultId });

  test("the same result is not sent twice, and nothing is pushed", async () => {
    const client = await startClient({ capabilities: pulling });
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true });
    client.open(wrong);
    const first = await ask(client);
    expect(first).toMatchObject({ kind: "full", items: [{ code: "unknown-layer" }] });
    expect(await ask(client, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    client.change(`${wrong}// a comment behind it\n`);
    expect(await ask(client, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    client.change(valid);
    expect(await ask(client, first.resultId)).toMatchObject({ kind: "full", items: [] });
    expect(client.published("a.layers")).toEqual([]);
  });

  test("with those of closed files that the document imports", async () => {
    const client = await startClient({
      capabilities: pulling,
      files: { "b.layers": "block B(units) { Dense(units }" },
    });
    client.open('import { B } from "./b.layers"\nmodel M { input [4] B(3) }');
    const report = await ask(client);
    expect(report).toMatchObject({
      items: [],
      relatedDocuments: { [uriOf("b.layers")]: { kind: "full", items: [{ severity: 1 }] } },
    });
  });

  test("a client is told to ask again for documents that it did not change itself", async () => {
    const refreshing = { ...pulling, workspace: { diagnostics: { refreshSupport: true } } };
    const client = await startClient({ capabilities: refreshing });
    client.open('import { B } from "./b.layers"\nmodel M { input [4] B(3) }');
    expect((await ask(client)).items).toHaveLength(1);
    client.files.set(`${folder}/b.layers`, "block B(units) { Dense(units) }");
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf("b.layers"), type: 1 }] });
    await client.told("workspace/diagnostic/refresh");
    expect((await ask(client)).items).toEqual([]);
  });
});
