import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { portTransport } from "../../examples/playground/src/language/transport.ts";

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** What the client hears when it asks something, and the server answers. */
async function heard(method: string, answer: Omit<Answer, "id">): Promise<Omit<Answer, "id">> {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const transport = portTransport(port1, async () => null);
  const answered = new Promise<string>((resolve) => transport.subscribe(resolve));
  transport.send(JSON.stringify({ jsonrpc: "2.0", id: 7, method, params: {} }));
  port2.start();
  const [asked] = (await once(port2, "message")) as [string];
  const { id } = JSON.parse(asked) as Answer;
  port2.postMessage(JSON.stringify({ jsonrpc: "2.0", id, ...answer }));
  const { jsonrpc: _, id: same, ...rest } = JSON.parse(await answered) as Answer & { jsonrpc: string };
  expect(same).toBe(id);
  return rest;
}

const modified = { error: { code: -32801, message: "the text has changed since it was asked about" } };
const failed = { error: { code: -32603, message: "it has failed" } };
const result = { result: { items: [] } };

test.each(["completion", "hover", "signatureHelp"])("a %s of a text that has changed is none", async (name) => {
  expect(await heard(`textDocument/${name}`, modified)).toEqual({ result: null });
  expect(await heard(`textDocument/${name}`, { error: { ...modified.error, code: -32800 } })).toEqual({ result: null });
  expect(await heard(`textDocument/${name}`, failed)).toEqual(failed);
  expect(await heard(`textDocument/${name}`, result)).toEqual(result);
});

test("what somebody asks for is told that the text has changed", async () => {
  expect(await heard("textDocument/rename", modified)).toEqual(modified);
});
