import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonConfigText, scriptConfigText } from "../../src/config/config-text.ts";
import { configDiagnostics } from "../../src/config/diagnostics.ts";
import { parseJsonConfig } from "../../src/config/parse-json-config.ts";
import { validateConfig } from "../../src/config/validate-config.ts";
import { targetNames } from "../../src/targets/index.ts";

const targetWords = `${targetNames.map((name) => `'${name}'`).join(", ")} or 'auto'`;

/** What is wrong with a config, each with the text it points at. */
function problems(text: string): readonly (readonly [code: string, message: string, marked: string, help?: string])[] {
  const { value, diagnostics } = parseJsonConfig("c.json", text, false);
  expect(diagnostics).toEqual([]);
  return validateConfig(value, jsonConfigText("c.json", text, [])).diagnostics.map(({ code, message, span, help }) => {
    const marked = text.slice(span?.start, span?.end);
    return help === undefined ? [code, message, marked] : [code, message, marked, help];
  });
}

test("a config with every key is fine", () => {
  expect(
    problems(`{
      // a comment, and trailing commas
      "include": ["models/**/*.layers", "!models/old/**"],
      "outDir": "out",
      "target": "auto", "precision": "bfloat16", "weights": "file", "unroll": "none", "emit": "js",
      "training": true,
      "types": "layers.d.ts",
      "overrides": [
        { "files": "a/*.layers", "target": "wasm" },
        { "files": ["b.layers"], "precision": "float32", "weights": "inline", "unroll": "full", "emit": "ts" },
        { "files": "c.layers", "training": false },
      ],
    }`),
  ).toEqual([]);
  expect(problems(`{ "include": "models/*.layers", "overrides": [] }`)).toEqual([]);
  expect(problems("{}")).toEqual([]);
});

describe("what is wrong is said at its place", () => {
  const unknown = "config-unknown-key";
  const wrong = "config-wrong-value";
  test.each([
    [`{ "targt": 1 }`, [[unknown, "'targt' is not a key of the config", '"targt"', "did you mean 'target'?"]]],
    [`{ "outdir": "x" }`, [[unknown, "'outdir' is not a key of the config", '"outdir"', "did you mean 'outDir'?"]]],
    [
      `{ "plugins": [] }`,
      [
        [
          unknown,
          "'plugins' is not a key of the config",
          '"plugins"',
          expect.stringMatching(
            /^the keys are include, outDir, target, precision, weights, unroll, (\w+, )*emit, (\w+, )*types, sandboxPaths, overrides$/,
          ),
        ],
      ],
    ],
    [
      `{ "files": "x" }`,
      [[unknown, "'files' is not a key of the config", '"files"', "it goes into an entry of 'overrides'"]],
    ],
    [
      `{ "overrides": [{ "files": "x", "outDir": "y" }] }`,
      [
        [
          unknown,
          "'outDir' is not a key of 'overrides[0]'",
          '"outDir"',
          "it goes to the top of the config, for it is the same for all files",
        ],
      ],
    ],
    [
      `{ "overrides": [{ "file": "x" }] }`,
      [[unknown, "'file' is not a key of 'overrides[0]'", '"file"', "did you mean 'files'?"]],
    ],
    [
      `{ "overrides": [{ "emit": "js" }] }`,
      [
        [
          "config-missing-key",
          "'overrides[0]' has no 'files'",
          `{ "emit": "js" }`,
          'add the globs of its files: files: ["models/big/*.layers"]',
        ],
      ],
    ],
    [
      `{ "target": "wsam" }`,
      [[wrong, `'target' is 'wsam', expected ${targetWords}`, '"wsam"', "did you mean 'wasm'?"]],
    ],
    [`{ "emit": ["ts"] }`, [[wrong, "'emit' is a list, expected 'ts', 'js', 'mts', 'mjs' or 'cjs'", `["ts"]`]]],
    [`{ "training": "yes" }`, [[wrong, "'training' is 'yes', expected true or false", '"yes"']]],
    [`{ "outDir": 3 }`, [[wrong, "'outDir' is the number 3, expected a path", "3"]]],
    [`{ "outDir": "" }`, [[wrong, "'outDir' is an empty text, expected a path", '""']]],
    [`{ "include": null }`, [[wrong, "'include' is null, expected a glob or a list of globs", "null"]]],
    [`{ "include": [] }`, [[wrong, "'include' is an empty list, expected at least one glob", "[]"]]],
    [`{ "include": ["a", true] }`, [[wrong, "'include[1]' is true, expected a glob", "true"]]],
    [`{ "overrides": {} }`, [[wrong, "'overrides' is an object, expected a list of objects", "{}"]]],
    [`{ "overrides": ["x"] }`, [[wrong, "'overrides[0]' is 'x', expected an object", '"x"']]],
    [
      `{ "overrides": [{ "files": 7 }] }`,
      [[wrong, "'overrides[0].files' is the number 7, expected a glob or a list of globs", "7"]],
    ],
    [`[]`, [[wrong, "The config is an empty list, expected an object", "[]"]]],
    [`3`, [[wrong, "The config is the number 3, expected an object", "3"]]],
  ])("%s", (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test("all of it in one run", () => {
    expect(problems(`{ "a": 1, "emit": 2, "overrides": [{ "b": 3 }] }`).map(([code]) => code)).toEqual([
      unknown,
      wrong,
      unknown,
      "config-missing-key",
    ]);
  });

  test("names that every object has are no keys", () => {
    expect(problems(`{ "constructor": 1, "toString": 2 }`).map(([code]) => code)).toEqual([unknown, unknown]);
  });
});

test("keys that a script leaves undefined are absent", () => {
  const value = { outDir: undefined, overrides: [{ files: "x", target: undefined }] };
  expect(validateConfig(value, scriptConfigText("c.ts", "")).diagnostics).toEqual([]);
});

describe("the place in a script", () => {
  const marked = (text: string, value: unknown): readonly string[] =>
    validateConfig(value, scriptConfigText("c.ts", text)).diagnostics.map(({ span }) =>
      text.slice(span?.start, span?.end),
    );

  test.each([
    [`export default { targt: "x" }`, { targt: "x" }, "targt"],
    [`export default {\n  // targt: no\n  "targt" : "x" }`, { targt: "x" }, '"targt"'],
    [`export default { overrides: [{ files: "x", emit: 3 }] }`, { overrides: [{ files: "x", emit: 3 }] }, "emit"],
    // Nobody can tell which of the two it is.
    [
      `export default { emit: "ts", overrides: [{ files: "x", emit: 3 }] }`,
      { overrides: [{ files: "x", emit: 3 }] },
      "export default",
    ],
    [`module.exports = { ["out" + "dir"]: 3 }`, { outdir: 3 }, "module.exports"],
    [`const a$b = 1; export default { "a.b": 1 }`, { "a.b": 1 }, '"a.b"'],
  ])("%s", (text, value, expected) => {
    expect(marked(text, value)).toEqual([expected]);
  });
});

describe("JSON that is none", () => {
  test.each([
    [`{ "a" 1 }`, false, "Found no ':' after the key", "1"],
    [`{ "a": 1`, false, "Found no '}' at the end of the object", ""],
    [`{ "a": 1, }`, true, "Found no key, expected one in double quotes", "}"],
    [`{ "a": 1 } // x`, true, "Found a comment, which a package.json can't have", "// x"],
    [`{ a: 1 }`, false, "Found a word that JSON doesn't have, expected a value", "a"],
    [``, false, "Found no value, expected one", ""],
  ])("%s", (text, strict, message, expected) => {
    const { diagnostics } = parseJsonConfig("c.json", text, strict);
    expect(diagnostics.map((one) => [one.code, one.message])).toEqual([["config-syntax", message]]);
    const span = diagnostics[0]?.span;
    expect(text.slice(span?.start, span?.end)).toBe(expected);
  });
});

test("whatever JSON there is, it is understood or refused at a place within it", () => {
  const key = fc.constantFrom("include", "outDir", "target", "emit", "types", "overrides", "files", "x", "__proto__");
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.constantFrom("wasm", "ts", "", "a/*.layers", "d.layers.ts"),
      fc.constantFrom(null, true, 0, -1.5),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 4 }),
    ),
  })).value;
  fc.assert(
    fc.property(json, fc.constantFrom(0, 2), (value, indentation) => {
      const text = JSON.stringify(value, undefined, indentation);
      const parsed = parseJsonConfig("c.json", text, false);
      expect(parsed.diagnostics).toEqual([]);
      for (const { span, message } of validateConfig(parsed.value, jsonConfigText("c.json", text, [])).diagnostics) {
        expect(message).not.toBe("");
        expect(span?.end).toBeGreaterThan(span?.start ?? Infinity);
        expect(span?.end).toBeLessThanOrEqual(text.length);
      }
    }),
  );
});

test("whatever text there is, reading it as JSON does not throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."{}[]:,\"'\\/*-1etu \n\u0000\uD800") }), (text) => {
      for (const { span } of parseJsonConfig("c.json", text, true).diagnostics) {
        expect(span?.end).toBeLessThanOrEqual(text.length);
      }
      jsonConfigText("c.json", text, ["layerc"]).key(["include", 0]);
    }),
  );
});

test("codes are unique and kebab-case", () => {
  const codes = configDiagnostics.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});
