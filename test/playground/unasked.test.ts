import { expect, test } from "vitest";
import { quietQuestions } from "../../examples/playground/src/language/unasked.ts";

/** What the client hears when it asks something, and the server answers. */
function heard(method: string, answer: object): unknown {
  const questions = quietQuestions();
  questions.sent(JSON.stringify({ jsonrpc: "2.0", id: 7, method, params: {} }));
  questions.sent(JSON.stringify({ jsonrpc: "2.0", method: "textDocument/didChange", params: {} }));
  return JSON.parse(questions.heard(JSON.stringify({ jsonrpc: "2.0", id: 7, ...answer })));
}

const modified = { jsonrpc: "2.0", id: 7, error: { code: -32801, message: "the text has changed" } };
const cancelled = { ...modified, error: { code: -32800, message: "cancelled" } };
const failed = { ...modified, error: { code: -32603, message: "it has failed" } };
const result = { jsonrpc: "2.0", id: 7, result: { items: [] } };
const nothing = { jsonrpc: "2.0", id: 7, result: null };

test.each(["completion", "hover", "signatureHelp"])("a %s of a text that has changed is none", (name) => {
  expect(heard(`textDocument/${name}`, modified)).toEqual(nothing);
  expect(heard(`textDocument/${name}`, cancelled)).toEqual(nothing);
  expect(heard(`textDocument/${name}`, failed)).toEqual(failed);
  expect(heard(`textDocument/${name}`, result)).toEqual(result);
});

test("what somebody asks for is told that the text has changed", () => {
  expect(heard("textDocument/rename", modified)).toEqual(modified);
});
