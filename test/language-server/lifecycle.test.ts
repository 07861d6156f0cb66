import { describe, expect, test } from "vitest";
import { connectClient, documentOf, startClient, uriOf } from "./client.ts";
import { at, blocks, main } from "./documents.ts";

const valid = "model M { input [4] Dense(3) }";
const initialize = { processId: null, rootUri: null, capabilities: {} };

describe("from initialize to exit", () => {
  test("a request before initialize is refused, a notification not heard", async () => {
    const { connection } = connectClient();
    const hover = connection.sendRequest("textDocument/hover", at("Dense"));
    await expect(hover).rejects.toMatchObject({ code: -32002 });
    void connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: uriOf("a.layers"), languageId: "layers", version: 1, text: valid },
    });
    await connection.sendRequest("initialize", initialize);
    expect(await connection.sendRequest("textDocument/hover", at("Dense"))).toBeNull();
  });

  test("initialize says who answers, and a second one is refused", async () => {
    const { connection } = connectClient();
    expect(await connection.sendRequest("initialize", initialize)).toMatchObject({
      serverInfo: { name: "layerc" },
      capabilities: { textDocumentSync: { openClose: true, change: 2 } },
    });
    await expect(connection.sendRequest("initialize", initialize)).rejects.toMatchObject({ code: -32600 });
  });

  test("after shutdown nothing is answered; exit ends with 0 then, and with 1 without", async () => {
    const client = await startClient();
    client.open(valid);
    expect(await client.request("shutdown")).toBeNull();
    await expect(client.request("textDocument/hover", at("Dense"))).rejects.toMatchObject({ code: -32600 });
    client.notify("exit");
    await expect.poll(() => client.exitCodes).toEqual([0]);

    const impatient = await startClient();
    impatient.notify("exit");
    await expect.poll(() => impatient.exitCodes).toEqual([1]);
  });
});

describe("what no client should send", () => {
  test("unknown requests are refused, unknown notifications ignored", async () => {
    const client = await startClient();
    await expect(client.request("textDocument/nonsense", {})).rejects.toMatchObject({ code: -32601 });
    client.notify("$/nonsense", { value: 1 });
    client.notify("nonsense");
    client.open(valid);
    expect(await client.pushed()).toEqual([]);
  });

  test("parameters that are missing or of another kind are invalid, and nobody's bug", async () => {
    const client = await startClient();
    client.open(main);
    const { uri } = documentOf().textDocument;
    const tried: readonly (readonly [string, unknown])[] = [
      ["textDocument/hover", {}],
      ["textDocument/hover", { textDocument: { uri } }],
      ["textDocument/hover", { textDocument: { uri }, position: { line: "1" } }],
      ["textDocument/completion", { textDocument: null, position: null }],
      ["textDocument/inlayHint", { textDocument: { uri } }],
      ["textDocument/codeAction", { textDocument: { uri }, range: { start: { line: 0, character: 0 } } }],
      ["textDocument/selectionRange", { textDocument: { uri }, positions: [null] }],
      ["textDocument/diagnostic", { textDocument: {} }],
    ];
    for (const [method, params] of tried) {
      await expect(client.request(method, params), `${method} ${JSON.stringify(params)}`).rejects.toMatchObject({
        code: -32602,
      });
    }
    expect(client.sent.filter(({ method }) => method === "window/logMessage")).toEqual([]);
  });

  test("places behind the end of a line or of the text count as these ends", async () => {
    const client = await startClient();
    client.open(main);
    for (const position of [
      { line: 0, character: 9999 },
      { line: 9999, character: 3 },
      { line: -1, character: -1 },
    ]) {
      for (const method of ["hover", "completion", "definition", "signatureHelp", "prepareRename"]) {
        await client.request(`textDocument/${method}`, { ...documentOf(), position });
      }
    }
    expect(client.sent.filter(({ method }) => method === "window/logMessage")).toEqual([]);
  });

  test("requests about documents that are not open are answered with nothing", async () => {
    const client = await startClient();
    for (const method of ["hover", "completion", "documentSymbol", "foldingRange", "codeLens"]) {
      const position = { line: 0, character: 0 };
      expect(await client.request(`textDocument/${method}`, { ...documentOf("none.layers"), position })).toBeNull();
    }
    client.change("text", "none.layers");
    client.close("none.layers");
    client.open(valid);
    expect(await client.pushed()).toEqual([]);
  });

  test.each([
    ["a header that is none", "nonsense\r\n\r\n"],
    ["a header without a length", "Content-Type: x\r\n\r\n"],
    ["a body that is no JSON", 'Content-Length: 7\r\n\r\n{ "a": '],
    ["a body that is no message", "Content-Length: 2\r\n\r\n[]"],
    ["null", "Content-Length: 4\r\n\r\nnull"],
    ["a cancellation of nothing", 'Content-Length: 50\r\n\r\n{"jsonrpc":"2.0","method":"$/cancelRequest"      }'],
  ])("%s does not end the server", async (_, bytes) => {
    const client = await startClient();
    client.write(bytes);
    client.open("model M { input [4] Dence(3) }");
    expect(await client.pushed()).toMatchObject([{ code: "unknown-layer" }]);
    expect(client.exitCodes).toEqual([]);
  });

  test("a document of ten megabytes is refused in words, and the next ones are served", async () => {
    const client = await startClient();
    client.open(`model M { input [4] Dense(3) }\n${`// ${"comment ".repeat(100)}\n`.repeat(12_500)}`);
    expect(await client.pushed()).toMatchObject([{ code: "file-too-large" }]);
    client.change(valid);
    expect(await client.pushed()).toEqual([]);
  });
});

describe("cancelled", () => {
  test("requests end as such, and those behind them are answered", async () => {
    const client = await startClient();
    client.open(main);
    const started = Array.from({ length: 20 }, () => client.start("textDocument/hover", at("Dense")));
    for (const { cancel } of started) cancel();
    for (const { answer } of started) await expect(answer).rejects.toMatchObject({ code: -32800 });
    expect(await client.request("textDocument/hover", at("Dense"))).not.toBeNull();
  });

  test("in the midst of edits", async () => {
    const client = await startClient({ files: { "blocks.layers": blocks } });
    client.open(main);
    const answers: Promise<unknown>[] = [];
    for (let count = 0; count < 100; count++) {
      client.change([
        { range: { start: { line: 6, character: 14 }, end: { line: 6, character: 15 } }, text: `${count % 9}` },
      ]);
      const { answer, cancel } = client.start("textDocument/completion", at("softmax", 2));
      answers.push(answer.catch(({ code }: { readonly code: number }) => code));
      if (count % 3 !== 0) cancel();
    }
    const ends = await Promise.all(answers);
    // Each is answered, or told why not: it was cancelled, or asked about a text that another one has replaced.
    for (const end of ends) expect([-32800, -32801, "object"]).toContain(typeof end === "number" ? end : typeof end);
    expect(ends.at(-1)).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ label: "softmax" })]),
    });
    // The last digit is that of 99 % 9.
    expect(await client.pushed()).toMatchObject([{ code: "argument-range" }]);
  });
});
