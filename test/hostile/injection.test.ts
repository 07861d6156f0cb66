import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../../src/index.ts";
import { anyText } from "../support/any-text.ts";

/** What would run if it left its string or comment. */
const payloads = [
  "*/ PWNED() /*",
  "*\u200b/ PWNED()",
  "`${PWNED()}`",
  "${PWNED()}",
  '"; PWNED(); "',
  '\\"; PWNED(); //',
  "'; PWNED(); '",
  "\u2028PWNED()\u2029",
  "\nPWNED()\n",
  "\r\nPWNED()",
  "</script><script>PWNED()</script>",
  "-->PWNED()<!--",
  "\\u002a/ PWNED()",
  "$preformatted$0; PWNED()",
  "$& $1 $` PWNED()",
];

const names = ["constructor", "__proto__x", "toString", "hasOwnProperty", "arguments", "eval", "await", "Float32Array"];

/** Code without its comments and strings. Templates are not left out: no text of a user's file belongs there. */
function codeOnly(text: string): string {
  return text.replaceAll(/\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, " ");
}

const text = fc.array(fc.oneof(fc.constantFrom(...payloads), anyText(8)), {
  minLength: 1,
  maxLength: 4,
});

test("no text of a source becomes code", async () => {
  let compiled = 0;
  await fc.assert(
    fc.asyncProperty(text, text, text, fc.constantFrom("ts", "js"), async (doc, label, layer, emit) => {
      const labels = [label.join(""), `${label.join("")}2`].map((each) => each.replaceAll(/[\ud800-\udfff]/gu, ""));
      const layerName = layer.join("").replaceAll(/[\ud800-\udfff]/gu, "");
      const source = [
        ...doc
          .join("")
          .split(/[\n\r]/)
          .map((line) => `/// ${line}`),
        "model M {",
        "  input [3]",
        ...doc
          .join("")
          .split(/[\n\r]/)
          .map((line) => `  /// ${line}`),
        `  ${JSON.stringify(layerName)}: Dense(2)`,
        ...names.map((name) => `  ${name}: Dense(2)`),
        `  labels ${JSON.stringify(labels)}`,
        "}",
      ].join("\n");
      const { files, diagnostics } = await compile(source, { emit });
      for (const { content } of files) {
        const code = codeOnly(content as string);
        expect(code).not.toMatch(/PWNED\s*\(/);
        // Letters of any script may stand in a property name, which Prettier leaves unquoted; nothing else may.
        expect(code).not.toMatch(/[^\n\x20-\x7e\p{ID_Continue}]/u);
      }
      if (files.length === 0) {
        // Control characters and '/' can't be part of a layer's name.
        expect(diagnostics.length).toBeGreaterThan(0);
        return;
      }
      compiled++;
      if (emit !== "js") return;
      const module = await import(
        /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(String(files[0]?.content))}`
      );
      expect(module.mInfo.labels).toEqual(labels);
      expect(module.mInfo.layers[0].name).toBe(layerName);
    }),
    { numRuns: 120 },
  );
  expect(compiled).toBeGreaterThan(10);
});

test("codeOnly finds what has left its comment", () => {
  expect(codeOnly('/** a */ PWNED() /* b */ "PWNED()" // PWNED()')).toMatch(/^ {2}PWNED\(\) +$/);
});
