import { describe, expect, test } from "vitest";
import { documentOf, startClient, uriOf } from "./client.ts";

const wrong = "model M {\n  input [4] // 😀é\n  Dence(3)\n}\n";
const found = [{ code: "unknown-layer", range: { start: { line: 2, character: 2 }, end: { line: 2, character: 7 } } }];

describe("clients that say little, or something else than the protocol has", () => {
  const strange = {
    "null everywhere": {
      processId: null,
      rootUri: null,
      rootPath: null,
      workspaceFolders: null,
      initializationOptions: null,
      capabilities: { general: null, textDocument: null, workspace: null, window: null },
    },
    "no capabilities at all": { capabilities: undefined },
    "null for capabilities": { capabilities: null },
    "a path for the folder": { rootUri: undefined, rootPath: "/project" },
    "no folder": { rootUri: undefined },
    "an empty list of folders": { workspaceFolders: [] },
    "options of other types": { initializationOptions: ["what", 1] },
    "settings of other types": { initializationOptions: { layerc: { inlayHints: 3, codeLens: "yes" }, config: "x" } },
    "encodings that are none": { capabilities: { general: { positionEncodings: ["utf-7", 3] } } },
  };
  test.each(Object.entries(strange))("%s", async (_, params) => {
    const client = await startClient({ params });
    expect(client.initialized.capabilities.positionEncoding).toBe("utf-16");
    client.open(wrong);
    expect(await client.pushed()).toMatchObject(found);
    expect(await client.request("textDocument/documentSymbol", documentOf())).toHaveLength(3);
  });

  test("null in answer to workspace/configuration, and to registrations", async () => {
    const capabilities = {
      workspace: {
        configuration: true,
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
    };
    const client = await startClient({ capabilities });
    client.open(wrong);
    expect(await client.pushed()).toMatchObject(found);
    client.notify("workspace/didChangeConfiguration", null);
    client.notify("workspace/didChangeConfiguration", {});
    expect(await client.request("textDocument/codeLens", documentOf())).not.toEqual([]);
    const registered = client.sent
      .filter(({ method }) => method === "client/registerCapability")
      .flatMap(({ params }) => (params as { registrations: readonly { method: string }[] }).registrations);
    expect(registered.map(({ method }) => method).toSorted()).toEqual([
      "workspace/didChangeConfiguration",
      "workspace/didChangeWatchedFiles",
    ]);
  });

  test("settings are asked for, where a client answers, and drawn anew when they change", async () => {
    let codeLens = false;
    const client = await startClient({
      capabilities: { workspace: { configuration: true, codeLens: { refreshSupport: true } } },
      answers: { "workspace/configuration": () => [{ codeLens }] },
    });
    client.open("model M { input [4] Dense(3) }");
    await client.told("workspace/codeLens/refresh");
    expect(await client.request("textDocument/codeLens", documentOf())).toEqual([]);
    codeLens = true;
    client.notify("workspace/didChangeConfiguration", { settings: null });
    await client.told("workspace/codeLens/refresh", 2);
    expect(await client.request("textDocument/codeLens", documentOf())).not.toEqual([]);
  });

  test("a setting that is not among the answered ones is as it was at the start", async () => {
    let answer: unknown = { codeLens: false };
    const client = await startClient({
      capabilities: { workspace: { configuration: true, codeLens: { refreshSupport: true } } },
      params: { initializationOptions: { inlayHints: { parameterNames: "none" } } },
      answers: { "workspace/configuration": () => [answer] },
    });
    client.open("model M { input [4] Dense(3) }");
    const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    const shown = async () => {
      const hints = await client.request<readonly { readonly label: string }[]>("textDocument/inlayHint", {
        ...documentOf(),
        range,
      });
      const lenses = await client.request<readonly unknown[]>("textDocument/codeLens", documentOf());
      return [hints.map(({ label }) => label), lenses.length > 0];
    };
    await client.told("workspace/codeLens/refresh");
    expect(await shown()).toEqual([["-> [3]"], false]);
    answer = { inlayHints: { parameterNames: "all" } };
    client.notify("workspace/didChangeConfiguration", { settings: null });
    await client.told("workspace/codeLens/refresh", 2);
    expect(await shown()).toEqual([["units=", "-> [3]"], true]);
    answer = null;
    client.notify("workspace/didChangeConfiguration", { settings: null });
    await client.told("workspace/codeLens/refresh", 3);
    expect(await shown()).toEqual([["-> [3]"], true]);
  });

  test("settings that are sent are all that the user has set", async () => {
    const client = await startClient();
    client.open("model M { input [4] Dense(3) }");
    const lenses = () => client.request("textDocument/codeLens", documentOf());
    client.notify("workspace/didChangeConfiguration", { settings: { layerc: { codeLens: false } } });
    expect(await lenses()).toEqual([]);
    client.notify("workspace/didChangeConfiguration", { settings: null });
    expect(await lenses()).toEqual([]);
    client.notify("workspace/didChangeConfiguration", { settings: { layerc: {} } });
    expect(await lenses()).not.toEqual([]);
  });

  test.each([["utf-16"], ["utf-8"]])("null for what may be left out, in %s", async (encoding) => {
    const client = await startClient({
      capabilities: { general: { positionEncodings: [encoding] } },
      files: { "b.layers": "let b = 1\n" },
    });
    client.open("let a = 4\n");
    const range = { start: { line: 0, character: 4 }, end: { line: 0, character: 5 } };
    client.change([{ range, rangeLength: null, text: "c" }]);
    const names = async (params?: unknown): Promise<readonly string[]> =>
      (await client.request<readonly { readonly name: string }[]>("workspace/symbol", params)).map(({ name }) => name);
    expect(await names({ query: "" })).toEqual(["b", "c"]);
    client.change([{ range: null, rangeLength: null, text: "let d = 1\n" }]);
    expect(await names({ query: null })).toEqual(["b", "d"]);
    expect(await names(null)).toEqual(["b", "d"]);
    expect(await names()).toEqual(["b", "d"]);
    const run = (params?: unknown) => client.request("workspace/executeCommand", params);
    const nothing = { command: "layerc.summary", arguments: null, workDoneToken: null };
    await expect(run(nothing)).rejects.toThrow("needs the uri of a model file");
    await expect(run({ ...nothing, arguments: [null] })).rejects.toThrow("needs the uri of a model file");
    for (const params of [null, undefined, {}]) await expect(run(params)).rejects.toThrow("there is no command");
    for (const method of ["hover", "rename", "diagnostic", "codeAction"]) {
      for (const params of [null, undefined]) {
        await expect(client.request(`textDocument/${method}`, params)).rejects.toMatchObject({ code: -32602 });
      }
    }
    expect(client.sent.filter(({ method }) => method === "window/logMessage")).toEqual([]);
  });

  test("a client that declares no dynamic registration is not asked to register", async () => {
    const client = await startClient();
    client.open(wrong);
    await client.pushed();
    expect(client.sent.map(({ method }) => method)).not.toContain("client/registerCapability");
  });

  test("a document that is opened twice, or changed without a version", async () => {
    const client = await startClient();
    client.open("model M { input [4] Dense(3) }");
    client.open(wrong);
    client.notify("textDocument/didChange", {
      textDocument: { uri: uriOf("a.layers"), version: null },
      contentChanges: [{ text: wrong.replace("Dence", "Denze") }],
    });
    client.notify("textDocument/didChange", { textDocument: { uri: uriOf("a.layers") }, contentChanges: [] });
    const [diagnostic] = await client.pushed();
    expect(diagnostic?.message).toContain("'Denze'");
  });

  test("documents of other schemes than file", async () => {
    const client = await startClient({ files: { "b.layers": "block B() { Dense(2) }" } });
    for (const uri of [
      "untitled:Untitled-1",
      "vscode-vfs://github/owner/a.layers",
      "inmemory://1",
      "x",
      "file:///a%2Fb",
    ]) {
      const textDocument = { uri, languageId: "layers", version: 1, text: wrong };
      client.notify("textDocument/didOpen", { textDocument });
      expect(await client.request("textDocument/diagnostic", { textDocument: { uri } })).toMatchObject({
        items: found,
      });
    }
    const uri = "untitled:Untitled-2";
    const text = 'import { B } from "./b.layers"\nmodel M { input [4] B() }';
    client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "layers", version: 1, text } });
    expect(await client.request("textDocument/diagnostic", { textDocument: { uri } })).toMatchObject({ items: [] });
  });

  test("folders are added and removed, and symbols found in those that are open", async () => {
    const client = await startClient({
      files: { "a.layers": "model A { input [1] Dense(1) }" },
    });
    client.files.set("/other/b.layers", "model B { input [1] Dense(1) }");
    const names = async (): Promise<readonly string[]> =>
      (await client.request<readonly { readonly name: string }[]>("workspace/symbol", { query: "" })).map(
        ({ name }) => name,
      );
    expect(await names()).toEqual(["A"]);
    const change = (event: object): void => client.notify("workspace/didChangeWorkspaceFolders", { event });
    change({ added: [{ uri: "file:///other", name: "other" }], removed: [] });
    expect((await names()).toSorted()).toEqual(["A", "B"]);
    change({ added: [], removed: [{ uri: "file:///project", name: "project" }] });
    expect(await names()).toEqual(["B"]);
  });
});

describe("encodings of positions", () => {
  const text = "model M { /* 😀é */ input [4] Dence(3) }";
  const start = text.indexOf("Dence");
  test.each([
    [["utf-8"], "utf-8", new TextEncoder().encode(text.slice(0, start)).length],
    [["utf-32"], "utf-32", Array.from(text.slice(0, start)).length],
    [["utf-8", "utf-16"], "utf-16", start],
    [[], "utf-16", start],
  ] as const)("of %j it takes %s", async (positionEncodings, chosen, character) => {
    const client = await startClient({ capabilities: { general: { positionEncodings } } });
    expect(client.initialized.capabilities.positionEncoding).toBe(chosen);
    client.open(text);
    const range = { start: { line: 0, character }, end: { line: 0, character: character + 5 } };
    expect(await client.pushed()).toMatchObject([{ range }]);
    // Behind the other characters, so that a change in another encoding would break the text.
    client.change([{ range, text: "Dense" }]);
    expect(await client.pushed()).toEqual([]);
    expect(await client.request("textDocument/hover", { ...documentOf(), position: range.start })).toMatchObject({
      range,
    });
  });
});
