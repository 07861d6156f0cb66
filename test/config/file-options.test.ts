import { describe, expect, test } from "vitest";
import { defineConfig } from "../../src/config/config.ts";
import { fileOptions } from "../../src/config/file-options.ts";
import { matchesGlobs } from "../../src/config/matches-globs.ts";

describe("the options of a file", () => {
  const config = defineConfig({
    include: ["**/*.layers"],
    outDir: "out",
    target: "wasm",
    emit: "js",
    overrides: [
      { files: "big/**", precision: "bfloat16", target: "auto" },
      { files: ["big/a.layers", "!big/b.layers"], target: "typescript" },
    ],
  });

  test.each([
    ["a.layers", { target: "wasm", emit: "js" }],
    ["big/b.layers", { target: "auto", emit: "js", precision: "bfloat16" }],
    ["big/a.layers", { target: "typescript", emit: "js", precision: "bfloat16" }],
  ])("%s: the later override wins, and all win over the top", (file, expected) => {
    expect(fileOptions(config, file)).toEqual(expected);
  });

  test("an option that is undefined hides none", () => {
    const config = { target: "wasm", overrides: [{ files: "a.layers", target: undefined }] } as unknown;
    expect(fileOptions(config as Parameters<typeof fileOptions>[0], "a.layers")).toEqual({ target: "wasm" });
  });
});

describe("globs", () => {
  test.each([
    ["a.layers", "*.layers", true],
    ["m/a.layers", "*.layers", false],
    ["m/a.layers", "./m/*.layers", true],
    ["m/a.layers", "m", false],
    ["m/d/a.layers", "m/**", true],
    ["a.layers", "**/*.layers", true],
    ["m/a.layers", "{m,n}/*.layers", true],
    ["../a.layers", "../*.layers", true],
    ["a.layers", ["*.layers", "!a.layers"], false],
    ["b.layers", ["*.layers", "!a.layers"], true],
    ["b.layers", ["!./a.layers"], true],
    ["b.layers", [], true],
    // A name that looks like a glob is that file, as on the command line.
    ["m[1].layers", "m[1].layers", true],
    ["m1.layers", "m[1].layers", true],
  ])("%s, %j: %j", (file, globs, expected) => {
    expect(matchesGlobs(file, globs)).toBe(expected);
  });
});
