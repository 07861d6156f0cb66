import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addScripts } from "../../src/cli/init/add-scripts.ts";

describe("scripts are added to a package.json", () => {
  test.each([
    ["spaces", `{\n    "a": 1,\n    "scripts": {\n        "x": "y"\n    },\n    "b": [1,2]\n}`],
    ["a line", `{"a":1,"scripts":{"x":"y"},"b":[1,2]}`],
    ["Windows' line ends", `{\r\n  "a": 1,\r\n  "scripts": {\r\n    "x": "y"\r\n  }\r\n}\r\n`],
    ["a byte order mark", `\uFEFF{\n  "a": 1,\n  "scripts": { "x": "y" }\n}\n`],
  ])("that is formatted with %s, and keeps that", (_, text) => {
    const { text: changed } = addScripts(text, { x: "y" }, { z: "new" });
    // Without what is new the rest is as it was.
    expect(changed.replace(/,\s*"z": ?"new"/, "")).toBe(text);
    expect(changed).not.toBe(text);
    const breaks = (eol: string): number => changed.split(eol).length - 1;
    if (text.includes("\r\n")) expect(breaks("\n")).toBe(breaks("\r\n"));
  });

  test.each([
    [`{}`, `{\n  "scripts": {\n    "z": "new"\n  }\n}`],
    [`{ }\n`, `{\n  "scripts": {\n    "z": "new"\n  }\n}\n`],
    [`{ "a": 1 }`, `{ "a": 1, "scripts": { "z": "new" } }`],
    [`{"a":1}`, `{"a":1,"scripts":{ "z": "new" }}`],
    [`{\n\t"a": 1\n}`, `{\n\t"a": 1,\n\t"scripts": {\n\t\t"z": "new"\n\t}\n}`],
    [`{\r\n "scripts": {}\r\n}`, `{\r\n "scripts": {\r\n  "z": "new"\r\n }\r\n}`],
    [`{ "scripts": { "x" : "y" ,\n "v" : "w" } }`, `{ "scripts": { "x" : "y" ,\n "v" : "w",\n "z" : "new" } }`],
    [
      `{ "scripts": { "x": "1" }, "scripts": { "y": "2" } }`,
      `{ "scripts": { "x": "1" }, "scripts": { "y": "2", "z": "new" } }`,
    ],
  ])("%j becomes %j", (text, expected) => {
    const existing = (JSON.parse(text) as { readonly scripts?: object }).scripts ?? {};
    expect(addScripts(text, existing as Record<string, unknown>, { z: "new" }).text).toBe(expected);
  });

  test("of any content: it keeps its values, and gets the scripts it lacks", () => {
    const scripts = { "build:models": "a", "check:models": "b" };
    const manifest = fc.record(
      {
        name: fc.string(),
        scripts: fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(scripts)), fc.string()), fc.string()),
        other: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(manifest, fc.constantFrom(0, 2, 4, "\t"), (value, indentation) => {
        const text = JSON.stringify(value, undefined, indentation);
        // As JSON.parse has it: a key may be __proto__.
        const parsed = JSON.parse(text) as { readonly scripts?: Record<string, string> };
        const made = addScripts(text, parsed.scripts ?? {}, scripts);
        const expected = { ...parsed, scripts: { ...scripts, ...parsed.scripts } };
        expect(JSON.parse(made.text)).toEqual(expected);
        expect([...made.added, ...made.kept].sort()).toEqual(Object.keys(scripts));
      }),
    );
  });
});
