import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("a check without weights loads no library of a format", () => {
  const folder = new URL("../../src/", import.meta.url);
  const files = ["files", "weights"].flatMap((part) =>
    readdirSync(new URL(part, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${part}/${name}`),
  );
  const read = (name: string) => readFileSync(new URL(name, folder), "utf8");
  const importing = (pattern: RegExp) => files.filter((name) => pattern.test(read(name)));
  expect(importing(/^(import|export) (?!type )[^;]*from "(h5wasm|fflate)/m)).toEqual([]);
  expect(importing(/await import\("(h5wasm|fflate)"\)/).sort()).toEqual(["files/hdf5.ts", "files/zip.ts"]);
  // Nothing but the dispatcher reaches the readers, and only when it has bytes.
  expect(importing(/^import (?!type )[^;]*from ".*readers\//m)).toEqual([]);
});
