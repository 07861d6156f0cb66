import { describe, expect, test } from "vitest";
import { documentOf, folder, startClient, uriOf, type ClientOptions, type TestClient } from "./client.ts";
import { modern } from "./documents.ts";

const modified = { code: -32801 };
const from = (line: number, character: number) => ({ line, character });
const insert = (text: string, line: number, character: number) => [
  { range: { start: from(line, character), end: from(line, character) }, text },
];

/** A client whose files come when they are let through, so that something happens while they are waited for. */
async function startSlow(
  options: ClientOptions & { readonly slow?: Readonly<Record<string, string>> } = {},
): Promise<TestClient & { letThrough(): void }> {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const readFile = async ({ uri }: { readonly uri: string }) => {
    await opened;
    const text = options.slow?.[uri.replace(`file://${folder}/`, "")];
    return text === undefined ? null : { base64: btoa(text) };
  };
  const files = Object.entries(options.files ?? {}).map(([name, text]) => [uriOf(name), text]);
  const client = await startClient({
    inPage: true,
    capabilities: modern,
    params: { initializationOptions: { readsFiles: true, files: Object.fromEntries(files) } },
    answers: { "layerc/readFile": readFile },
  });
  return { ...client, letThrough: open };
}

describe("a text that changes before the answer", () => {
  const size = 'import { W } from "./b.layers"\nlet n = 4\nlet m = 5\nmodel M { input [n] Dense(m) Dense(W) }\n';
  const rename = (line: number) => ({ ...documentOf(), position: from(line, 4), newName: "size" });
  const edited = (version: number, edits: readonly (readonly [line: number, character: number])[]) => ({
    documentChanges: [
      {
        textDocument: { uri: uriOf("a.layers"), version },
        edits: edits.map(([line, character]) => ({
          range: { start: from(line, character), end: from(line, character + 1) },
          newText: "size",
        })),
      },
    ],
  });

  test("is not renamed by places of the one before it, and is when it is asked again", async () => {
    const client = await startSlow({ slow: { "b.layers": "let W = 3\n" } });
    client.open(size);
    const answer = client.request("textDocument/rename", rename(1));
    await client.told("layerc/readFile");
    client.change(insert("// one\n// two\n", 0, 0));
    client.letThrough();
    await expect(answer).rejects.toMatchObject(modified);
    expect(await client.request("textDocument/rename", rename(3))).toEqual(
      edited(2, [
        [3, 4],
        [5, 17],
      ]),
    );
  });

  test("is not asked at a place of the one before it, when others are in turn first", async () => {
    const client = await startSlow({ slow: { "b.layers": "let W = 3\n" } });
    client.open(size);
    const first = client.request("textDocument/hover", { ...documentOf(), position: from(1, 4) });
    await client.told("layerc/readFile");
    const behind = ["rename", "hover", "prepareRename", "documentSymbol", "codeAction"].map((name) => {
      const range = { start: from(2, 4), end: from(2, 4) };
      return client.request(`textDocument/${name}`, { ...rename(2), range, context: { diagnostics: [] } });
    });
    client.change(insert("\n", 1, 0));
    client.letThrough();
    for (const answer of [first, ...behind]) await expect(answer).rejects.toMatchObject(modified);
    expect(await client.request("textDocument/rename", rename(3))).toEqual(
      edited(2, [
        [3, 4],
        [4, 26],
      ]),
    );
  });

  test("is laid out all the same when it is another file that changes", async () => {
    const client = await startSlow({ slow: { "d.layers": "let D = 3\n" } });
    client.open('import { W } from "./b.layers"\nimport { D } from "./d.layers"\nmodel M {input [W] Dense(D)}\n');
    client.open("let W = 3\n", "b.layers");
    const formatting = { ...documentOf(), options: { tabSize: 2, insertSpaces: true } };
    const answers = ["before", "behind"].map(() => client.request("textDocument/formatting", formatting));
    await client.told("layerc/readFile");
    client.change(insert("// new\n", 0, 0), "b.layers");
    client.letThrough();
    for (const answer of answers) expect(JSON.stringify(await answer)).toContain(String.raw`\n  `);
  });

  test("is not laid out by the places of the one before it", async () => {
    const client = await startSlow({ slow: { "b.layers": "let W = 3\n" } });
    client.open(size);
    const formatting = { ...documentOf(), options: { tabSize: 2, insertSpaces: true } };
    const answer = client.request("textDocument/formatting", formatting);
    await client.told("layerc/readFile");
    client.change(insert("\n", 1, 0));
    client.letThrough();
    await expect(answer).rejects.toMatchObject(modified);
  });

  test("which was cancelled too, is told as cancelled", async () => {
    const client = await startSlow({ slow: { "b.layers": "let W = 3\n" } });
    client.open(size);
    const { answer, cancel } = client.start("textDocument/rename", rename(1));
    await client.told("layerc/readFile");
    client.change(insert("\n", 0, 0));
    cancel();
    client.letThrough();
    await expect(answer).rejects.toMatchObject({ code: -32800 });
  });

  const declaring = `let A = 1\n${"let x = 1\n".repeat(3)}let W = 3\nmodel M { input [4] Dense(W) }\n`;
  const using = 'import { W } from "./a.layers"\nmodel C { input [2] Dense(W) }\n';
  const both =
    'import { W } from "./a.layers"\nimport { D } from "./d.layers"\nmodel E { input [2] Dense(W) Dense(D) }\n';
  const asked = { ...documentOf(), position: from(4, 4), newName: "size", context: { includeDeclaration: true } };

  describe.each(["references", "rename"])("of %s over several files", (name) => {
    test.each([
      ["the one that was asked about", "a.layers"],
      ["one that imports it", "c.layers"],
    ])("%s", async (_, changed) => {
      const client = await startSlow({
        files: { "c.layers": using, "b.layers": both },
        slow: { "d.layers": "let D = 3\n" },
      });
      client.open(declaring);
      client.open(using, "c.layers");
      for (const file of ["a.layers", "c.layers"])
        await client.request("textDocument/documentSymbol", documentOf(file));
      const answer = client.request(`textDocument/${name}`, asked);
      await client.told("layerc/readFile");
      client.change(insert("// all is moved\n", 0, 0), changed);
      client.letThrough();
      await expect(answer).rejects.toMatchObject(modified);

      const moved = (line: number, file: string) => line + (file === changed ? 1 : 0);
      const again = { ...asked, position: from(moved(4, "a.layers"), 4) };
      const found = JSON.stringify(await client.request(`textDocument/${name}`, again));
      const places = [
        ["a.layers", 4, 4],
        ["a.layers", 5, 26],
        ["c.layers", 0, 9],
        ["c.layers", 1, 26],
        ["b.layers", 0, 9],
        ["b.layers", 2, 26],
      ] as const;
      for (const [file, line, character] of places) {
        const range = { start: from(moved(line, file), character), end: from(moved(line, file), character + 1) };
        expect(found).toContain(uriOf(file));
        expect(found).toContain(JSON.stringify(range));
      }
    });
  });
});

describe("somebody who types on", () => {
  const text = 'import { W } from "./b.layers"\nmodel M { input [4] Dense(W) Den }\n';
  const complete = { ...documentOf(), position: from(1, 32) };

  test("gets the completions and the signature that were asked for before", async () => {
    const client = await startSlow({ slow: { "b.layers": "let W = 3\n" } });
    client.open(text);
    // The one waits for the file, the other for its turn.
    const answers = [1, 2].map(() => client.request("textDocument/completion", complete));
    const signature = client.request("textDocument/signatureHelp", { ...documentOf(), position: from(1, 26) });
    await client.told("layerc/readFile");
    client.change(insert("se", 1, 32));
    client.letThrough();
    for (const answer of answers) expect(JSON.stringify(await answer)).toContain('"label":"Dense"');
    expect(await signature).toMatchObject({ signatures: [{ label: expect.stringContaining("Dense") }] });
  });

  test("but not when something before that place has changed", async () => {
    const client = await startSlow({ slow: { "b.layers": "let W = 3\n" } });
    client.open(text);
    const first = client.request("textDocument/completion", complete);
    await client.told("layerc/readFile");
    const second = client.request("textDocument/completion", complete);
    client.change(insert("\n", 0, 0));
    client.letThrough();
    expect(JSON.stringify(await first)).toContain('"label":"Dense"');
    await expect(second).rejects.toMatchObject(modified);
    const now = await client.request("textDocument/completion", { ...documentOf(), position: from(2, 32) });
    expect(JSON.stringify(now)).toContain('"label":"Dense"');
  });
});
