import { describe, expect, test } from "vitest";
import { documentOf, startClient, uriOf, type ClientOptions, type TestClient } from "./client.ts";
import { at, blocks, main, modern, positionOf, rangeOf } from "./documents.ts";

async function startMain(options: ClientOptions = {}): Promise<TestClient> {
  const client = await startClient({ files: { "blocks.layers": blocks }, capabilities: modern, ...options });
  client.open(main);
  return client;
}

const half = { start: positionOf("Half(16)"), end: positionOf("Half(16)", 4) };
interface Completions {
  readonly items: readonly { readonly label: string; readonly textEdit: { readonly newText: string } }[];
}

describe("a client of today", () => {
  test("hover, in Markdown, at what it is about", async () => {
    const client = await startMain();
    expect(await client.request("textDocument/hover", at("Dense", 2))).toMatchObject({
      contents: { kind: "markdown", value: expect.stringContaining("- parameters: 27") },
      range: rangeOf("Dense"),
    });
    expect(await client.request("textDocument/hover", at("\n\n", 1))).toBeNull();
  });

  test("completion, with snippets, imports that are added, and paths", async () => {
    const client = await startMain({ files: { "blocks.layers": `${blocks}block Twice() { Dense(2) }\n` } });
    const { items } = await client.request<Completions>("textDocument/completion", at("  head", 2));
    expect(items.find(({ label }) => label === "Dropout")).toMatchObject({
      kind: 7,
      insertTextFormat: 2,
      documentation: { kind: "markdown" },
      textEdit: { newText: expect.stringContaining("Dropout(${1:") },
    });
    expect(items.find(({ label }) => label === "Twice")).toMatchObject({
      additionalTextEdits: [{ range: { start: { line: 0 } }, newText: expect.stringContaining("Twice") }],
    });
    const paths = await client.request<Completions>("textDocument/completion", at("./blocks", 2));
    expect(paths.items.map(({ label }) => label)).toContain("blocks.layers");
  });

  test("signature help, with the argument that is being written", async () => {
    const client = await startMain();
    expect(await client.request("textDocument/signatureHelp", at("3, activation", 1))).toMatchObject({
      signatures: [
        {
          label: expect.stringMatching(/^Dense\(units, /),
          documentation: { kind: "markdown" },
          parameters: expect.arrayContaining([expect.objectContaining({ label: [6, 11] })]),
        },
      ],
      activeParameter: 0,
    });
    expect(await client.request("textDocument/signatureHelp", at("softmax", 1))).toMatchObject({ activeParameter: 1 });
    expect(await client.request("textDocument/signatureHelp", at("model", 1))).toBeNull();
  });

  test("definition, references and highlights, over files that are open, imported, or neither", async () => {
    const other = 'import { Half } from "./blocks.layers"\nmodel O { input [4] Half(2) }\n';
    const client = await startMain({
      files: { "blocks.layers": blocks, "deep/none.layers": blocks, "o.layers": other },
    });
    expect(await client.request("textDocument/definition", at("Half(16)", 1))).toEqual([
      {
        originSelectionRange: half,
        targetUri: uriOf("blocks.layers"),
        targetRange: { start: { line: 1, character: 0 }, end: { line: 3, character: 1 } },
        targetSelectionRange: { start: { line: 1, character: 6 }, end: { line: 1, character: 10 } },
      },
    ]);
    const references = async (includeDeclaration: boolean): Promise<readonly string[]> => {
      const params = { ...at("Half(16)", 1), context: { includeDeclaration } };
      const found = await client.request<readonly { readonly uri: string }[]>("textDocument/references", params);
      return found.map(({ uri }) => uri);
    };
    const uses = ["a.layers", "a.layers", "o.layers", "o.layers"].map(uriOf);
    expect(await references(true)).toEqual([uriOf("blocks.layers"), ...uses]);
    expect(await references(false)).toEqual(uses);
    expect(await client.request("textDocument/documentHighlight", at("Half(16)", 1))).toEqual([
      { range: rangeOf("Half"), kind: 2 },
      { range: half, kind: 2 },
    ]);
  });

  test("rename, in all files that use the name, with the versions of those that are open", async () => {
    const other = 'import { Half } from "./blocks.layers"\nmodel O { input [4] Half(2) }\n';
    const client = await startMain({ files: { "blocks.layers": blocks, "o.layers": other } });
    expect(await client.request("textDocument/prepareRename", at("Half(16)", 1))).toEqual({
      range: half,
      placeholder: "Half",
    });
    const edit = { range: expect.anything(), newText: "Hlf" };
    expect(await client.request("textDocument/rename", { ...at("Half(16)", 1), newName: "Hlf" })).toEqual({
      documentChanges: [
        { textDocument: { uri: uriOf("blocks.layers"), version: null }, edits: [edit] },
        { textDocument: { uri: uriOf("a.layers"), version: 1 }, edits: [edit, edit] },
        { textDocument: { uri: uriOf("o.layers"), version: null }, edits: [edit, edit] },
      ],
    });
    await expect(client.request("textDocument/rename", { ...at("Half(16)"), newName: "Dense" })).rejects.toThrow(
      "'Dense' is a layer of the language",
    );
    await expect(client.request("textDocument/prepareRename", at("Dense"))).rejects.toThrow("keeps its name");
    expect(await client.request("textDocument/prepareRename", at("\n\n", 1))).toBeNull();
  });

  test("the outline, and symbols of the project", async () => {
    const client = await startMain();
    expect(await client.request("textDocument/documentSymbol", documentOf())).toMatchObject([
      {
        name: "M",
        detail: "[8] -> [3]",
        selectionRange: { start: positionOf("M {"), end: positionOf("M {", 1) },
        children: [{ name: "input" }, { name: "Half" }, { name: "head", detail: "Dense -> [3]" }],
      },
    ]);
    expect(await client.request("workspace/symbol", { query: "hf" })).toMatchObject([
      { name: "Half", location: { uri: uriOf("blocks.layers"), range: { start: { line: 1, character: 6 } } } },
    ]);
    expect(await client.request("workspace/symbol", { query: "" })).toHaveLength(2);
  });

  test("links, folding, selection, linked editing", async () => {
    const client = await startMain();
    expect(await client.request("textDocument/documentLink", documentOf())).toEqual([
      { range: rangeOf("./blocks.layers"), target: uriOf("blocks.layers") },
    ]);
    expect(await client.request("textDocument/foldingRange", documentOf())).toEqual([
      { startLine: 3, startCharacter: 0, endLine: 7, endCharacter: 1 },
    ]);
    const [selection] = await client.request<readonly unknown[]>("textDocument/selectionRange", {
      ...documentOf(),
      positions: [positionOf("Dense", 1)],
    });
    expect(selection).toMatchObject({
      range: rangeOf("Dense"),
      // The call, then the statement with its label.
      parent: { range: { start: rangeOf("Dense").start }, parent: { range: { start: positionOf("head") } } },
    });
    client.open(blocks, "blocks.layers");
    const position = positionOf("units", 1, blocks);
    expect(
      await client.request("textDocument/linkedEditingRange", { ...documentOf("blocks.layers"), position }),
    ).toEqual({
      ranges: [
        rangeOf("units", blocks),
        { start: positionOf("units / 2", 0, blocks), end: positionOf("units / 2", 5, blocks) },
      ],
    });
    expect(await client.request("textDocument/linkedEditingRange", at("Dense", 1))).toBeNull();
  });

  test("semantic tokens: all, of a range, and what has changed since", async () => {
    const client = await startMain();
    const { semanticTokensProvider } = client.initialized.capabilities;
    const types = (semanticTokensProvider as { legend: { tokenTypes: readonly string[] } }).legend.tokenTypes;
    const all = await client.request<{ resultId: string; data: readonly number[] }>(
      "textDocument/semanticTokens/full",
      documentOf(),
    );
    expect(all.data.slice(0, 5)).toEqual([0, 0, 6, types.indexOf("keyword"), 0]);
    const range = { start: { line: 6, character: 0 }, end: { line: 7, character: 0 } };
    const part = await client.request<{ data: readonly number[] }>("textDocument/semanticTokens/range", {
      ...documentOf(),
      range,
    });
    expect(part.data.slice(0, 4)).toEqual([6, 2, 4, types.indexOf("label")]);
    client.change([{ range: { start: { line: 6, character: 14 }, end: { line: 6, character: 15 } }, text: "30" }]);
    const delta = await client.request<{ edits: readonly { data?: readonly number[] }[] }>(
      "textDocument/semanticTokens/full/delta",
      { ...documentOf(), previousResultId: all.resultId },
    );
    expect(delta.edits).toHaveLength(1);
    expect(delta.edits[0]?.data?.length).toBeLessThan(10);
    expect(
      await client.request("textDocument/semanticTokens/full/delta", { ...documentOf(), previousResultId: "none" }),
    ).toHaveProperty("data");
  });

  test("inlay hints and code lenses, as the settings have them", async () => {
    const client = await startMain();
    const hints = async (): Promise<readonly string[]> => {
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const found = await client.request<readonly { readonly label: string }[]>("textDocument/inlayHint", {
        ...documentOf(),
        range,
      });
      return found.map(({ label }) => label);
    };
    expect(await hints()).toEqual(["units=", "-> [8]", "units=", "-> [3]"]);
    const lenses = await client.request<
      readonly { command?: { title: string; command: string; arguments?: unknown } }[]
    >("textDocument/codeLens", documentOf());
    expect(lenses.map(({ command }) => command)).toEqual(
      expect.arrayContaining([
        { title: "verify", command: "layerc.verify", arguments: [{ uri: uriOf("a.layers"), model: "M" }] },
        { title: expect.stringContaining("99 parameters"), command: "" },
      ]),
    );
    client.notify("workspace/didChangeConfiguration", {
      settings: { layerc: { inlayHints: { parameterNames: "none" }, codeLens: false } },
    });
    expect(await hints()).toEqual(["-> [8]", "-> [3]"]);
    expect(await client.request("textDocument/codeLens", documentOf())).toEqual([]);
  });

  test("the time of a model is worked out when a client shows the line, for what the text is then", async () => {
    const client = await startMain();
    expect(client.initialized.capabilities.codeLensProvider).toEqual({ resolveProvider: true });
    const open = async () => {
      const lenses = await client.request<readonly { command?: unknown; data?: unknown }[]>(
        "textDocument/codeLens",
        documentOf(),
      );
      return lenses.filter(({ command }) => command === undefined);
    };
    const [lens, ...others] = await open();
    expect(others).toEqual([]);
    expect(lens).toEqual({ range: expect.anything(), data: { uri: uriOf("a.layers"), model: "M" } });
    expect(await client.request("codeLens/resolve", lens)).toEqual({
      ...lens,
      command: {
        title: expect.stringMatching(/^about [\d.]+ ns in TypeScript, [\d.]+ ns in WebAssembly$/),
        command: "",
      },
    });
    client.change("model N { input [4] Dense(3) }");
    expect(await client.request("codeLens/resolve", lens)).toMatchObject({ command: { title: "" } });
    for (const other of [{}, null, { data: 3 }, { data: { uri: "file:///none.layers", model: "M" } }]) {
      await client.request("codeLens/resolve", other);
    }
  });

  test("code actions: fixes with what they mend, and only the kinds that are asked for", async () => {
    const client = await startMain();
    const text = "model M {\n  input [4]\n  Dence(3)\n}\n";
    client.change(text);
    const params = { ...documentOf(), range: rangeOf("Dence", text), context: { diagnostics: [] } };
    const actions = await client.request<readonly unknown[]>("textDocument/codeAction", params);
    expect(actions).toEqual(
      expect.arrayContaining([
        {
          title: "Write 'Dense'",
          kind: "quickfix",
          isPreferred: true,
          diagnostics: [expect.objectContaining({ code: "unknown-layer", range: rangeOf("Dence", text) })],
          edit: {
            documentChanges: [
              {
                textDocument: { uri: uriOf("a.layers"), version: 2 },
                edits: [{ range: rangeOf("Dence", text), newText: "Dense" }],
              },
            ],
          },
        },
      ]),
    );
    const refactorings = await client.request<readonly { readonly kind: string }[]>("textDocument/codeAction", {
      ...params,
      context: { diagnostics: [], only: ["refactor"] },
    });
    for (const { kind } of refactorings) expect(kind).toMatch(/^refactor/);
    // The empty kind is that of all.
    const all = await client.request("textDocument/codeAction", {
      ...params,
      context: { diagnostics: [], only: [""] },
    });
    expect(all).toEqual(actions);
  });
});

describe("a client that declares nothing", () => {
  test("gets plain text, plain edits and flat lists", async () => {
    const client = await startMain({ capabilities: {} });
    const { contents } = await client.request<{ contents: { kind: string; value: string } }>(
      "textDocument/hover",
      at("Dense", 2),
    );
    expect(contents.kind).toBe("plaintext");
    expect(contents.value).not.toMatch(/[`*]{2}|\\/);
    const { items } = await client.request<Completions>("textDocument/completion", at("  head", 2));
    const dropout = items.find(({ label }) => label === "Dropout");
    expect(dropout).not.toHaveProperty("insertTextFormat");
    expect(dropout?.textEdit.newText).toMatch(/^Dropout\([^${}]*\) ?$/);
    expect(await client.request("textDocument/definition", at("Half(16)", 1))).toEqual({
      uri: uriOf("blocks.layers"),
      range: { start: { line: 1, character: 6 }, end: { line: 1, character: 10 } },
    });
    expect(await client.request("textDocument/documentSymbol", documentOf())).toMatchObject([
      { name: "M", location: { uri: uriOf("a.layers") } },
      { name: "input", containerName: "M" },
      { name: "Half", containerName: "M" },
      { name: "head", containerName: "M" },
    ]);
    expect(await client.request("textDocument/signatureHelp", at("3, activation", 1))).toMatchObject({
      signatures: [{ parameters: expect.arrayContaining([expect.objectContaining({ label: "units" })]) }],
    });
    const renamed = await client.request("textDocument/rename", { ...at("Half(16)", 1), newName: "Hlf" });
    expect(Object.keys((renamed as { changes: object }).changes)).toEqual([uriOf("blocks.layers"), uriOf("a.layers")]);
  });

  test("gets code actions as commands, which the server has the client apply", async () => {
    const client = await startMain({ capabilities: {}, answers: { "workspace/applyEdit": () => ({ applied: true }) } });
    client.change("model M { input [4] Dence(3) }");
    const range = { start: { line: 0, character: 20 }, end: { line: 0, character: 20 } };
    const [action] = await client.request<readonly { command: string; arguments: readonly unknown[] }[]>(
      "textDocument/codeAction",
      { ...documentOf(), range, context: { diagnostics: [] } },
    );
    expect(await client.request("workspace/executeCommand", action)).toEqual({ applied: true });
    expect(client.sent.find(({ method }) => method === "workspace/applyEdit")?.params).toMatchObject({
      edit: { changes: { [uriOf("a.layers")]: [{ newText: "Dense" }] } },
    });
  });
});
