import fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "../../src/compile.ts";
import { documentOf, startClient } from "./client.ts";

const start = `let width = 8

/// Tells 😀 from é.
block Narrow(units, rate=0.1) {
  Dense(units, activation=relu)
  Dropout(rate)
}

model M {
  input [4]
  Narrow(width)
  repeat 2 { Dense(width * 2) -> [16] }
  out: Dense(3, activation=softmax)
  labels ["a", "b", "c"]
}
`;

/** What is typed: pieces of the language, whole and cut, line ends of all kinds, characters of one to four bytes. */
const pieces = [
  "Dense(",
  ")",
  "3",
  "0",
  "-",
  "relu",
  "model N {",
  "}",
  "input [2]",
  '"',
  "//",
  "/*",
  "*/",
  "\n",
  "\r\n",
  "\r",
  "é",
  "😀",
  "",
  " ",
  "->",
];

const edit = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(12),
  text: fc.constantFrom(...pieces),
});

type Encoding = "utf-8" | "utf-16" | "utf-32";

function unitsOf(text: string, encoding: Encoding): number {
  return encoding === "utf-8" ? Buffer.byteLength(text) : encoding === "utf-32" ? [...text].length : text.length;
}

function positionIn(text: string, offset: number, encoding: Encoding) {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: unitsOf(lines.at(-1) as string, encoding) };
}

/** Where an edit may be: neither between the halves of a character nor between those of a line end, as no editor's cursor is. */
function soundOffset(text: string, offset: number): number {
  const isSplit = /[\ud800-\udbff]$|\r$/.test(text.slice(0, offset)) && /^[\udc00-\udfff\n]/.test(text.slice(offset));
  return isSplit ? offset - 1 : offset;
}

test.each(["utf-16", "utf-8", "utf-32"] as const)(
  "any edits, one by one or some at once, end in what a fresh check says, in %s",
  async (encoding) => {
    const client = await startClient({ capabilities: { general: { positionEncodings: [encoding] } } });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 8 }), async (messages) => {
        let text = start;
        client.open(text);
        for (const edits of messages) {
          const changes = edits.map(({ from, length, text: typed }) => {
            const begin = soundOffset(text, Math.floor(from * text.length));
            const end = Math.max(begin, soundOffset(text, Math.min(begin + length, text.length)));
            const range = { start: positionIn(text, begin, encoding), end: positionIn(text, end, encoding) };
            text = text.slice(0, begin) + typed + text.slice(end);
            return { range, text: typed };
          });
          client.change(changes);
          // Some states are looked at, as an editor does it while somebody types.
          if (edits.length === 2)
            void client.request("textDocument/inlayHint", { ...documentOf(), range: changes[0]?.range });
        }
        const { items } = await client.request<{ readonly items: readonly object[] }>(
          "textDocument/diagnostic",
          documentOf(),
        );
        const { diagnostics } = await check({ path: "a.layers", text });
        expect(items).toMatchObject(
          diagnostics.map(({ code, message, span }) => ({
            code,
            message: expect.stringContaining(message),
            range: {
              start: positionIn(text, span?.start ?? 0, encoding),
              end: positionIn(text, span?.end ?? 0, encoding),
            },
          })),
        );
      }),
      { numRuns: encoding === "utf-16" ? 40 : 15 },
    );
  },
);
