import { expect, test } from "vitest";
import { LoadedContents } from "../../editors/vscode/src/documents/loaded-contents.ts";

/** Contents of one document, whose loads end when they are told to. */
function oneDocument() {
  const contents = new LoadedContents<string>();
  const load = () => {
    let resolve!: (content: string) => void;
    const promise = new Promise<string>((end) => (resolve = end));
    return { end: resolve, loaded: contents.load("a", () => promise) };
  };
  return { load, close: () => contents.close("a"), content: () => contents.get("a") };
}

test("of two loads of a document the one that was asked for last counts, in whichever order they end", async () => {
  const { load, content } = oneDocument();
  const [older, newer] = [load(), load()];
  newer.end("new");
  expect(await newer.loaded).toEqual({ before: undefined, content: "new" });
  older.end("old");
  expect(await older.loaded).toBe(undefined);
  expect(content()).toBe("new");
  const last = load();
  last.end("last");
  expect(await last.loaded).toEqual({ before: "new", content: "last" });
});

test("a load that is under way when its document is closed does not come back with the document", async () => {
  const { load, close, content } = oneDocument();
  const first = load();
  first.end("as it was");
  await first.loaded;
  const underWay = load();
  close();
  expect(content()).toBe(undefined);
  const reopened = load();
  underWay.end("old");
  expect(await underWay.loaded).toBe(undefined);
  expect(content()).toBe(undefined);
  reopened.end("new");
  await reopened.loaded;
  expect(content()).toBe("new");
});
