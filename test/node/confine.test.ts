import { expect, test } from "vitest";
import { confineToProject } from "../../src/node/confine.ts";
import type { FileSystem } from "../../src/node/file-system.ts";
import { memoryFileSystem } from "../language-server/memory-files.ts";

/** Files, with a note of every path that is looked at. */
function noted(names: readonly string[]): { readonly files: FileSystem; readonly seen: string[] } {
  const seen: string[] = [];
  const files = memoryFileSystem(new Map(names.map((name) => [name, "text"])));
  const note =
    <Result>(look: (path: string) => Result) =>
    (path: string): Result => {
      seen.push(path);
      return look(path);
    };
  return {
    files: { ...files, realPath: note(files.realPath), read: note((path) => files.read(path, 100)) },
    seen,
  };
}

test("a path that leads out of the project is refused without a look at it", () => {
  const { files, seen } = noted(["/home/package.json", "/home/a.layers", "/share/w.npz"]);
  const confined = confineToProject("/home/models", files);
  seen.length = 0;
  for (const path of ["/share/w.npz", "/home/../share/w.npz", "//share/w.npz"]) {
    expect(() => confined.read(path, 100)).toThrow(/outside of the project/);
  }
  expect(seen).toEqual([]);
  expect(confined.read("/home/a.layers", 100)).toHaveLength(4);
});

test("a link inside that leads out is refused", () => {
  const { files } = noted(["/home/package.json", "/home/link.npz", "/share/w.npz"]);
  const linked = { ...files, realPath: (path: string) => (path === "/home/link.npz" ? "/share/w.npz" : path) };
  expect(() => confineToProject("/home", linked).read("/home/link.npz", 100)).toThrow(/outside of the project/);
});

test("a project ends at the folder that it is within, whatever has a package.json above", () => {
  const { files } = noted([
    "/package.json",
    "/home/secret.layers",
    "/home/open/models/a.layers",
    "/home/open/b.layers",
  ]);
  const read = (path: string, within?: string): number =>
    confineToProject("/home/open/models", files, within).read(path, 100).length;
  expect(read("/home/secret.layers")).toBe(4);
  expect(() => read("/home/secret.layers", "/home/open")).toThrow(/outside of the project/);
  // Without a package.json up to there, it is the folder itself.
  expect(() => read("/home/open/b.layers", "/home/open")).toThrow(/outside of the project/);
  expect(read("/home/open/models/a.layers", "/home/open")).toBe(4);
});
