import { afterEach, describe, expect, test, vi } from "vitest";
import { documentOf, startClient, uriOf, type TestClient } from "./client.ts";

afterEach(() => void vi.useRealTimers());

const hover = (line: number, character: number) => ({ ...documentOf(), position: { line, character } });
const messagesOf = async (client: TestClient): Promise<readonly string[]> => {
  const { items } = await client.request<{ readonly items: readonly { readonly message: string }[] }>(
    "textDocument/diagnostic",
    documentOf(),
  );
  return items.map(({ message }) => message);
};

describe("files that the server asks a page for", () => {
  test("are those below its folder, whatever addresses stand in a text", async () => {
    const asked: string[] = [];
    const client = await startClient({
      inPage: true,
      params: { initializationOptions: { readsFiles: true } },
      answers: { "layerc/readFile": ({ uri }: { readonly uri: string }) => void asked.push(uri) },
    });
    const clauses = ["http://x/100%.npz", "file:///etc/w.npz", "../up.npz", "//host/w.npz", "./deep/w.npz"];
    client.open(clauses.map((path, at) => `model M${at} { weights "${path}" input [4] Dense(3) }\n`).join(""));
    expect(await messagesOf(client)).toHaveLength(clauses.length);
    expect(asked).toContain(uriOf("deep/w.npz"));
    expect(asked.filter((uri) => !uri.startsWith(uriOf("deep/")))).toEqual([]);
  });

  test("one that is not answered is waited for, once, and what comes late is used", async () => {
    let answer: (file: unknown) => void = () => undefined;
    const client = await startClient({
      inPage: true,
      params: { initializationOptions: { readsFiles: true } },
      answers: { "layerc/readFile": () => new Promise((resolve) => (answer = resolve)) },
    });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    client.open('import { W } from "./b.layers"\nmodel M { input [4] Dense(W) }\n');
    const state = { isAnswered: false };
    const first = client.request("textDocument/hover", hover(1, 21)).finally(() => (state.isAnswered = true));
    for (let second = 0; second < 60 && !state.isAnswered; second++) {
      await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(state.isAnswered).toBe(true);
    expect(await first).toMatchObject({ contents: { value: expect.stringContaining("Dense") } });
    // No clock goes on from here: nothing is waited for any more.
    client.change([{ range: { start: hover(0, 0).position, end: hover(0, 0).position }, text: "\n" }]);
    expect(await messagesOf(client)).toEqual([expect.stringContaining("the page has not answered")]);
    expect(client.sent.filter(({ method }) => method === "layerc/readFile")).toHaveLength(1);
    answer("let W = 3\n");
    await new Promise((resolve) => setImmediate(resolve));
    client.change([{ range: { start: hover(0, 0).position, end: hover(0, 0).position }, text: "\n" }]);
    expect(await messagesOf(client)).toEqual([]);
  });
});
