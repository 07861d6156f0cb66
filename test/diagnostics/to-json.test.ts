import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { diagnosticsToJson } from "../../src/diagnostics/to-json.ts";

const sources = [{ path: "a.layers", text: "model M {\r\n\tDense(x)\r\n}" }];
const position = (line: number, column: number, offset: number) => ({ line, column, offset });

test("places have file, line, column and offset", () => {
  const span = { file: "a.layers", start: 18, end: 19 };
  const diagnostic: Diagnostic = {
    code: "c",
    severity: "error",
    message: "m\u001b",
    label: "l",
    span,
    related: [
      { span: { file: "a.layers", start: 0, end: 9 }, message: "r" },
      { span: { file: "w.keras", start: 0, end: 0 }, message: "weights" },
    ],
    help: "h",
    fix: { title: "t", edits: [{ span, text: "y" }] },
  };
  const location = { file: "a.layers", start: position(2, 8, 18), end: position(2, 9, 19) };
  expect(diagnosticsToJson([diagnostic], sources)).toEqual([
    {
      code: "c",
      severity: "error",
      message: "m\u001b",
      label: "l",
      location,
      related: [
        { message: "r", location: { file: "a.layers", start: position(1, 1, 0), end: position(1, 10, 9) } },
        { message: "weights", location: { file: "w.keras" } },
      ],
      help: "h",
      fix: { title: "t", edits: [{ location, text: "y" }] },
    },
  ]);
});

test("every field is present when there is nothing to say", () => {
  const diagnostic: Diagnostic = { code: "c", severity: "hint", message: "m", related: [] };
  expect(JSON.parse(JSON.stringify(diagnosticsToJson([diagnostic], sources)))).toEqual([
    { code: "c", severity: "hint", message: "m", label: null, location: null, related: [], help: null, fix: null },
  ]);
});
