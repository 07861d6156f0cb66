import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { TextDocument, type TextEdit } from "vscode-languageserver-textdocument";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { run } from "../../src/cli/run.ts";
import { formatSource } from "../../src/format/format-source.ts";
import { fakeCompiler } from "../cli/fake-compiler.ts";
import { texts } from "../format/mixed-texts.ts";
import { startClient, type TestClient } from "./client.ts";
import { startOn } from "./real-folder.ts";

const ugly = `import {A}   from "./a.layers"
let list=[first,second , third,fourth, // 😀
  fifth]
model  M {
      input [4]
      Dense( 8,activation = relu ) // hidden
      repeat 2 { Dense(100*100,use_bias=false , kernel_initializer = he_normal) Dropout(0.5) }
}
`;

const editor = { tabSize: 4, insertSpaces: true };

/** The edits that a client is given for a document. */
async function editsOf(client: TestClient, name = "a.layers", options: object = editor): Promise<TextEdit[] | null> {
  return client.request("textDocument/formatting", { textDocument: { uri: client.uri(name) }, options });
}

function applied(text: string, edits: TextEdit[] | null): string {
  return TextDocument.applyEdits(TextDocument.create("file:///a.layers", "layers", 1, text), edits ?? []);
}

/** What `layerc format` makes of a text in a folder. */
async function formattedByCommand(cwd: string, name: string, text: string): Promise<string> {
  let stdout = "";
  const exitCode = await run(["format", "--stdin-filepath", name], "1.2.3", {
    cwd,
    variables: {},
    stdout: { write: (piece) => void (stdout += piece), isTerminal: false },
    stderr: { write: () => undefined, isTerminal: false },
    files: nodeFileSystem,
    loadCompiler: async () => fakeCompiler,
    readInput: async () => new TextEncoder().encode(text),
  });
  expect(exitCode).toBe(0);
  return stdout;
}

describe("textDocument/formatting", () => {
  const projects = {
    "with a .prettierrc": { ".prettierrc": '{ "printWidth": 40, "tabWidth": 3 }' },
    "with a config that says nothing of indents": { "package.json": '{ "prettier": { "printWidth": 60 } }' },
    "with an .editorconfig": { ".editorconfig": "root = true\n[*.layers]\nindent_style = tab\nmax_line_length = 50\n" },
    "with overrides": {
      ".prettierrc.json":
        '{ "overrides": [{ "files": "models/*", "options": { "tabWidth": 8, "trailingComma": "none" } }] }',
    },
    "with ends of lines": { ".prettierrc.yaml": "endOfLine: crlf\n" },
  };
  test.each(Object.entries(projects))("gives the bytes of layerc format in a project %s", async (_, files) => {
    const client = await startOn(files);
    for (const name of ["a.layers", "models/b.layers"]) {
      for (const text of [ugly, ugly.replaceAll("\n", "\r\n")]) {
        client.open(text, name);
        const expected = await formattedByCommand(client.root, name, text);
        expect(applied(text, await editsOf(client, name))).toBe(expected);
        client.close(name);
      }
    }
  });

  test("gives the bytes of layerc format for all that the language has, in small edits", async () => {
    const client = await startOn({ ".prettierrc": "{}" });
    for (const text of [...texts, ugly]) {
      client.open(text);
      const edits = await editsOf(client);
      const formatted = applied(text, edits);
      expect(formatted).toBe(await formattedByCommand(client.root, "a.layers", text));
      client.change(formatted);
      expect(await editsOf(client)).toEqual([]);
      client.close();
    }
  });

  test("follows the editor where no config is for the file", async () => {
    const client = await startOn({});
    client.open("model M {\r\ninput [4]\r\nDense(2) }");
    const formatted = async (options: object): Promise<string> =>
      applied("model M {\r\ninput [4]\r\nDense(2) }", await editsOf(client, "a.layers", options));
    expect(await formatted(editor)).toBe("model M {\r\n    input [4]\r\n    Dense(2)\r\n}\r\n");
    expect(await formatted({ tabSize: 8, insertSpaces: false })).toBe(
      "model M {\r\n\tinput [4]\r\n\tDense(2)\r\n}\r\n",
    );
    // Of clients that say nothing.
    for (const nothing of [{}, null, { tabSize: 0, insertSpaces: "yes" }]) {
      expect(await formatted(nothing as object)).toBe("model M {\r\n  input [4]\r\n  Dense(2)\r\n}\r\n");
    }
  });

  test("touches nothing but what is between the words", async () => {
    const client = await startClient();
    client.open("model M {\n      input [4]\n  Dense(2)\n  Dense( 3,relu )\n}\n");
    const range = (line: number, start: number, end: number) => ({
      start: { line, character: start },
      end: { line, character: end },
    });
    expect(await editsOf(client, "a.layers", { tabSize: 2, insertSpaces: true })).toEqual([
      { range: range(1, 2, 6), newText: "" },
      { range: range(3, 8, 9), newText: "" },
      { range: range(3, 11, 11), newText: " " },
      { range: range(3, 15, 16), newText: "" },
    ]);
  });

  test("knows a config anew when it has changed", async () => {
    const client = await startOn({ ".prettierrc": '{ "tabWidth": 3 }' });
    const text = "model M {\n  input [4]\n  Dense(2)\n}\n";
    client.open(text);
    expect(applied(text, await editsOf(client))).toContain("\n   input");
    fs.writeFileSync(path.join(client.root, ".prettierrc"), '{ "tabWidth": 5 }');
    expect(applied(text, await editsOf(client))).toContain("\n     input");
  });

  test("leaves files that are ignored, and texts with errors of syntax, as they are", async () => {
    const client = await startOn({ ".prettierignore": "old/\n" });
    client.open(ugly, "old/a.layers");
    expect(await editsOf(client, "old/a.layers")).toBeNull();
    for (const wrong of ["model M {", "let = 1", "x = Dense(3)(x)", "@", "\uD800", '"'.repeat(1000)]) {
      client.open(wrong, "b.layers");
      expect(await editsOf(client, "b.layers")).toBeNull();
      const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const params = { textDocument: { uri: client.uri("b.layers") }, options: editor };
      expect(await client.request("textDocument/rangeFormatting", { ...params, range: whole })).toBeNull();
      expect(await client.request("textDocument/rangesFormatting", { ...params, ranges: [whole] })).toBeNull();
      client.close("b.layers");
    }
  });

  test("says what is wrong with a config of Prettier", async () => {
    const client = await startOn({ ".prettierrc": "{ tabWidth: " });
    client.open(ugly);
    await expect(editsOf(client)).rejects.toThrow(/^Prettier can't format 'a.layers': .*\.prettierrc/);
  });

  test("runs no script of a folder that is not trusted", async () => {
    const script =
      'import fs from "node:fs"; fs.writeFileSync(new URL("./ran", import.meta.url), ""); export default {};';
    const files = { "prettier.config.mjs": script, "package.json": '{ "prettier": "./prettier.config.mjs" }' };
    for (const trust of [{ config: false }, { sandboxPaths: true }]) {
      const client = await startOn(files, { params: { initializationOptions: trust } });
      client.open(ugly);
      expect(applied(ugly, await editsOf(client))).toContain("\n    input [4]\n");
      expect(fs.existsSync(path.join(client.root, "ran"))).toBe(false);
    }
  });

  test("of a document that is no file, or not open", async () => {
    const client = await startClient();
    const textDocument = { uri: "untitled:Untitled-1" };
    expect(await client.request("textDocument/formatting", { textDocument, options: editor })).toBeNull();
    client.notify("textDocument/didOpen", {
      textDocument: { ...textDocument, languageId: "layers", version: 1, text: "let  a = 1" },
    });
    const edits = await client.request<TextEdit[]>("textDocument/formatting", { textDocument, options: editor });
    expect(applied("let  a = 1", edits)).toBe("let a = 1\n");
  });
});

describe("textDocument/rangeFormatting", () => {
  const text = "let a  =  1\r\nlet b  =  2\r\nmodel  M {\r\n  input  [4]\r\n  Dense( 3 )\r\n}\r\n";
  const lines = (start: number, end: number) => ({
    start: { line: start, character: 4 },
    end: { line: end, character: 5 },
  });

  test("formats what the range touches, under the config, with the ends of lines that are there", async () => {
    const client = await startOn({ ".prettierrc": '{ "tabWidth": 3, "endOfLine": "lf" }' });
    client.open(text);
    const params = { textDocument: { uri: client.uri("a.layers") }, options: editor };
    const formatted = async (start: number, end = start): Promise<string> =>
      applied(text, await client.request("textDocument/rangeFormatting", { ...params, range: lines(start, end) }));
    expect(await formatted(1)).toBe(text.replace("b  =  2", "b = 2"));
    expect(await formatted(4)).toBe(text.replace("  Dense( 3 )", "   Dense(3)"));
    expect(await formatted(0, 1)).toBe(text.replace("a  =  1", "a = 1").replace("b  =  2", "b = 2"));
  });

  test("several ranges at once, also those that touch the same", async () => {
    const client = await startOn(
      { ".prettierrc": "{}" },
      {
        capabilities: { textDocument: { rangeFormatting: { rangesSupport: true } } },
      },
    );
    expect(client.initialized.capabilities.documentRangeFormattingProvider).toEqual({ rangesSupport: true });
    client.open(text);
    const params = { textDocument: { uri: client.uri("a.layers") }, options: editor };
    const formatted = async (...ranges: readonly object[]): Promise<string> =>
      applied(text, await client.request("textDocument/rangesFormatting", { ...params, ranges }));
    expect(await formatted(lines(4, 4), lines(0, 0), lines(4, 4))).toBe(
      text.replace("a  =  1", "a = 1").replace("Dense( 3 )", "Dense(3)"),
    );
    expect(await formatted(lines(3, 4), lines(1, 2), lines(4, 4))).toBe(await formatted(lines(1, 4)));
    expect(await formatted()).toBe(text);
  });
});

test("a page's documents are formatted too", async () => {
  const client = await startClient({ inPage: true });
  client.open(ugly);
  const edits = await editsOf(client, "a.layers", { tabSize: 2, insertSpaces: true });
  expect(applied(ugly, edits)).toBe(await formatSource(ugly));
});
