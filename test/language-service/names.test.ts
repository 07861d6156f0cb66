import { describe, expect, test } from "vitest";
import { findDeclaration } from "../../src/language-service/features/definition.ts";
import { documentHighlights } from "../../src/language-service/features/document-highlights.ts";
import { linkedEditingRanges } from "../../src/language-service/features/linked-editing.ts";
import { findReferences } from "../../src/language-service/features/references.ts";
import { prepareRename, rename } from "../../src/language-service/features/rename.ts";
import { analyze } from "../../src/language-service/analyze.ts";
import { applyEdits } from "../../src/language-service/edits/apply-edits.ts";
import { open, path, type Files } from "./open.ts";

const lib = "let width = 8\nblock Hidden(units=width) { Dense(units) }";
const main =
  'import { Hidden, width } from "./lib.layers"\nmodel M { input [width] Hidden(units=width) out: Dense(2) }';

/** A text with `<|>` before the n-th place that a word stands at. */
function at(text: string, word: string, nth = 0): string {
  const places = [...text.matchAll(new RegExp(`\\b${word}\\b`, "g"))];
  const index = places[nth]?.index ?? 0;
  return `${text.slice(0, index)}<|>${text.slice(index)}`;
}

describe("go to the declaration", () => {
  const place = async (marked: string): Promise<string | undefined> => {
    const { analysis, offset } = await open(marked, { "lib.layers": lib });
    const found = findDeclaration(analysis, offset);
    if (found === undefined) return undefined;
    const text = found.span.file === path ? analysis.source.text : lib;
    return `${found.span.file}: ${text.slice(found.span.start, found.span.end)} at ${text.slice(found.name.start, found.name.end)}`;
  };

  test.each([
    [at("let n = 3 model M { input [n] Dense(n) }", "n", 2), "main.layers: let n = 3 at n"],
    [at("block B(u) { Dense(u) } model M { input [4] B(u=3) }", "u", 2), "main.layers: u at u"],
    [at("block B(u) { Dense(u) } model M { input [4] B(3) }", "B", 1), "main.layers: block B(u) { Dense(u) } at B"],
    [
      at("model E { input [4] Dense(3) } model M { input [4] E }", "E", 1),
      "main.layers: model E { input [4] Dense(3) } at E",
    ],
    [at(main, "width", 1), "lib.layers: let width = 8 at width"],
    [at(main, "Hidden", 0), "lib.layers: block Hidden(units=width) { Dense(units) } at Hidden"],
    [at(main, "units", 0), "lib.layers: units=width at units"],
    [main.replace("./lib", "./<|>lib"), "lib.layers:  at "],
    [at(main, "out", 0), "main.layers: out at out"],
  ])("%s", async (marked, expected) => {
    expect(await place(marked)).toBe(expected);
  });

  test.each([
    at("model M { input [4] Dense(3) }", "Dense"),
    "model M { input [4<|>] }",
    '<|>import { A } from "./gone.layers"',
  ])("none at %s", async (marked) => {
    expect(await place(marked)).toBeUndefined();
  });
});

test("references of all files that are known, each once", async () => {
  const { analysis, offset, host } = await open(at(lib, "width"), {});
  const own = findReferences(analysis, offset);
  expect(own.map(({ role }) => role)).toEqual(["definition", "value"]);
  const other = await analyze(
    { path: "other.layers", text: main.replace("./lib", "./main") },
    {
      ...host,
      readText: async () => ({ ok: true, content: lib }),
    },
  );
  expect(
    findReferences(analysis, offset, [other, other]).map(({ role, span }) => `${role} ${span.file}:${span.start}`),
  ).toEqual([
    "definition main.layers:4",
    "value main.layers:33",
    "import other.layers:17",
    "value other.layers:63",
    "value other.layers:83",
  ]);
});

test("highlights are the references of the file, linked editing those of a parameter", async () => {
  const { analysis, offset } = await open(at(main, "width", 1), { "lib.layers": lib });
  expect(documentHighlights(analysis, offset).map(({ role }) => role)).toEqual(["import", "value", "value"]);
  expect(linkedEditingRanges(analysis, offset)).toEqual([]);
  const block = await open(at("block B(u) { Dense(u) } model M { input [4] B(u=3) }", "u", 1));
  expect(linkedEditingRanges(block.analysis, block.offset).map(({ start }) => start)).toEqual([8, 19, 46]);
});

describe("rename", () => {
  /** The texts of all files after a rename, or why there is none. */
  const renamed = async (marked: string, name: string, files: Files = {}): Promise<string | Record<string, string>> => {
    const { analysis, offset, text } = await open(marked, files);
    const result = rename(analysis, offset, name);
    if (!result.ok) return result.reason;
    const own = (file: string) => result.value.filter(({ span }) => span.file === file);
    const changed = Object.entries(files).flatMap(([file, content]) =>
      own(file).length === 0 ? [] : [[file, applyEdits(String(content), own(file))] as const],
    );
    return { ...Object.fromEntries(changed), [path]: applyEdits(text, own(path)) };
  };

  test("in all files of the program", async () => {
    expect(await renamed(at(main, "width", 1), "w", { "lib.layers": lib })).toEqual({
      "main.layers": 'import { Hidden, w } from "./lib.layers"\nmodel M { input [w] Hidden(units=w) out: Dense(2) }',
      "lib.layers": "let w = 8\nblock Hidden(units=w) { Dense(units) }",
    });
    expect(await renamed(at(main, "units"), "n", { "lib.layers": lib })).toEqual({
      "main.layers": main.replace("units=", "n="),
      "lib.layers": "let width = 8\nblock Hidden(n=width) { Dense(n) }",
    });
  });

  test("of layers, which may be called anything", async () => {
    const text = 'model M { input [4] hidden: Dense(3) "a b": Dense(2) }';
    expect(await renamed(at(text, "hidden"), "dense-1")).toEqual({ [path]: text.replace("hidden", '"dense-1"') });
    expect(await renamed(text.replace('"a b"', '"a<|> b"'), "out")).toEqual({ [path]: text.replace('"a b"', "out") });
    expect(await renamed(at(text, "hidden"), '"x"')).toEqual({ [path]: text.replace("hidden", '"x"') });
    expect(await renamed(at(text, "hidden"), "a b")).toMatch(/two layers|written twice|'a b'/);
    expect(await renamed(at(text, "hidden"), "a/b")).toMatch(/'\/'/);
    expect(await renamed(at(text, "hidden"), "")).toBe("a layer needs a name");
  });

  test.each([
    ["to what is no name", at("let n = 3", "n"), "n-1", "'n-1' is no name: a letter or _, then letters, digits and _"],
    ["to a word of the language", at("let n = 3", "n"), "relu", "'relu' is an activation of the language"],
    ["to a layer", at("block B() { Dense(3) }", "B"), "Dense", "'Dense' is a layer of the language"],
    ["to a value", at("let n = 3", "n"), "none", "'none' is a value of the language"],
    ["to a name that is taken", at("let n = 3 let m = 4", "n"), "m", "'m' is declared twice in this file"],
    [
      "to a keyword that begins a statement",
      at("model A { input [4] Dense(4) } model M { input [4] A }", "A"),
      "repeat",
      /./,
    ],
    [
      "to the name of a parameter where it is used",
      at("let n = 3 block B(u) { Dense(n) Dense(u) } model M { input [4] B(1) }", "n"),
      "u",
      "'u' means something else where 'n' is used",
    ],
    [
      "of a parameter to the name of a let that its block uses",
      at("let n = 3 block B(u) { Dense(n) Dense(u) } model M { input [4] B(1) }", "u"),
      "n",
      "'n' would mean something else then",
    ],
    [
      "to a word that an argument takes",
      at("let n = 1 model M { input [n] Dense(3, kernel_initializer=variance_scaling(mode=fan_in)) }", "n"),
      "fan_in",
      /./,
    ],
    [
      "of a model to another one's export",
      at("model Net { input [4] Dense(3) } model net2 { input [4] Dense(3) }", "Net"),
      "Net2",
      /./,
    ],
  ])("refuses one %s", async (_, marked, name, reason) => {
    const result = await renamed(marked, name);
    if (typeof reason === "string") expect(result).toBe(reason);
    else expect(result).toMatch(reason);
  });

  test("tells what can be renamed, and why not", async () => {
    const prepared = async (marked: string) => {
      const { analysis, offset } = await open(marked);
      return prepareRename(analysis, offset);
    };
    expect(await prepared(at("let n = 3", "n"))).toMatchObject({ ok: true, value: { text: "n" } });
    expect(await prepared('model M { "a <|>b": Dense(3) }')).toMatchObject({ ok: true, value: { text: '"a b"' } });
    expect(await prepared(at("model M { Dense(3) }", "Dense"))).toEqual({
      ok: false,
      reason: "'Dense' is a layer of the language and keeps its name",
    });
    expect(await prepared(at('import { A } from "./gone.layers"', "A"))).toMatchObject({ ok: false });
    expect(await prepared("model M { input [<|>4] }")).toBeUndefined();
  });

  test("refuses one whose importers would be wrong then", async () => {
    const { analysis, offset, host } = await open(at(lib, "width"), {});
    const text = 'import { width } from "./main.layers"\nlet w = 3\nmodel M { input [width] Dense(w) }';
    const other = await analyze(
      { path: "other.layers", text },
      { ...host, readText: async () => ({ ok: true, content: lib }) },
    );
    expect(rename(analysis, offset, "size", [other])).toMatchObject({ ok: true });
    expect(rename(analysis, offset, "w", [other])).toMatchObject({ ok: false });
  });
});
