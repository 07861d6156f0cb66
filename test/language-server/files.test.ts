import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { rootPathUri } from "../../src/language-server/root-path-uri.ts";
import { folder, startClient, uriOf, type TestClient } from "./client.ts";

const symbols = async (client: TestClient): Promise<readonly string[]> => {
  const found = await client.request<readonly { readonly name: string }[]>("workspace/symbol", { query: "" });
  return found.map(({ name }) => name).toSorted();
};

describe("model files around the open ones", () => {
  test("are read again when the client tells that one has changed, is new, or is gone", async () => {
    const client = await startClient({ files: { "a.layers": "let a = 1\n", "b.layers": "let b = 1\n" } });
    expect(await symbols(client)).toEqual(["a", "b"]);
    const tell = (name: string, type: number) =>
      client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(name), type }] });
    client.files.set(`${folder}/b.layers`, "let changed = 1\n");
    tell("b.layers", 2);
    expect(await symbols(client)).toEqual(["a", "changed"]);
    client.files.set(`${folder}/c.layers`, "let c = 1\n");
    tell("c.layers", 1);
    expect(await symbols(client)).toEqual(["a", "c", "changed"]);
    client.files.delete(`${folder}/a.layers`);
    tell("a.layers", 3);
    expect(await symbols(client)).toEqual(["c", "changed"]);
  });

  test("are those of the disk again when they are closed unsaved", async () => {
    const client = await startClient({ files: { "a.layers": "let a = 1\n" } });
    client.open("let unsaved = 1\n");
    expect(await symbols(client)).toEqual(["unsaved"]);
    client.close();
    expect(await symbols(client)).toEqual(["a"]);
  });
});

describe("a folder that is named by a path", () => {
  test.each(["/work/a b#1", "/work/100%?", "/", "/with\\backslash"])("%s", (path) => {
    expect(fileURLToPath(rootPathUri(path), { windows: false })).toBe(path);
  });

  test.each(["C:\\work\\a b#1", "c:\\", "\\\\server\\share\\100%"])("%s, of Windows", (path) => {
    expect(fileURLToPath(rootPathUri(path), { windows: true })).toBe(path);
  });

  test("with slashes, of Windows", () => {
    expect(rootPathUri("C:/work/a b")).toBe("file:///C:/work/a%20b");
  });

  test("is the one whose symbols are found", async () => {
    const client = await startClient({ params: { rootUri: undefined, rootPath: "/a b#1" } });
    client.files.set("/a b#1/x.layers", "let x = 1\n");
    expect(await symbols(client)).toEqual(["x"]);
  });
});
