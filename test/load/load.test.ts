import { describe, expect, it } from "vitest";
import type { Host } from "../../src/load/host.ts";
import { load, loadDiagnostics } from "../../src/load/index.ts";

/** A host over texts by path, which counts what is read. */
function hostOf(files: Readonly<Record<string, string>>, reads: string[] = []): Host {
  return {
    resolve: (from, relative) => new URL(relative, `file:///${from}`).pathname.slice(1),
    readText: async (path) => {
      reads.push(path);
      const content = files[path];
      return content === undefined ? { ok: false, reason: "no such file" } : { ok: true, content };
    },
    readBytes: async () => ({ ok: false, reason: "no such file" }),
  };
}

const loadMain = (text: string, host?: Host) => load({ path: "main.layers", text }, host);
const importing = (...paths: string[]) => paths.map((path) => `import { A } from ${JSON.stringify(path)}\n`).join("");

describe("load", () => {
  it("parses a file without imports, with no host at all", async () => {
    const { program, diagnostics, sources, dependencies } = await loadMain("dim a");
    expect(diagnostics).toEqual([]);
    expect(program.entry.declarations).toHaveLength(1);
    expect([...program.files.keys()]).toEqual(["main.layers"]);
    expect(sources.map((source) => source.path)).toEqual(["main.layers"]);
    expect(dependencies).toEqual([]);
  });

  it("follows imports, reads every file once and puts the imported first", async () => {
    const reads: string[] = [];
    const host = hostOf(
      {
        "a.layers": importing("./lib/c.layers"),
        "b.layers": importing("./lib/../lib/c.layers"),
        "lib/c.layers": "dim A",
      },
      reads,
    );
    const { program, diagnostics, sources, dependencies } = await loadMain(importing("./a.layers", "./b.layers"), host);
    expect(diagnostics).toEqual([]);
    expect(reads).toEqual(["a.layers", "lib/c.layers", "b.layers"]);
    expect([...program.files.keys()]).toEqual(["lib/c.layers", "a.layers", "b.layers", "main.layers"]);
    expect(program.entry.imports.map((each) => program.imports.get(each))).toEqual(["a.layers", "b.layers"]);
    expect(sources[0]?.path).toBe("main.layers");
    expect(dependencies).toEqual(["a.layers", "lib/c.layers", "b.layers"]);
  });

  it.each([
    ["./lib/block.layers", "./lib/blocks.layers"],
    ["./lib/blcoks.layers", "./lib/blocks.layers"],
    ["./lib/heads.layers", undefined],
  ])("suggests the file beside %s whose name is nearly that", async (written, meant) => {
    const host: Host = { ...hostOf({}), namesBeside: async (path) => (path.startsWith("lib/") ? beside : []) };
    const beside = ["blocks.layers", "block.keras"];
    const { diagnostics } = await loadMain(importing(written), host);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.help).toBe(meant && `did you mean '${meant}'?`);
    expect(diagnostics[0]?.fix?.edits.map(({ text }) => text)).toEqual(meant && [`"${meant}"`]);
  });

  it("suggests nothing where the names can't be told, or several are as near", async () => {
    const failing: Host = { ...hostOf({}), namesBeside: () => Promise.reject(new Error("disk on fire")) };
    expect((await loadMain(importing("./block.layers"), failing)).diagnostics).toMatchObject([
      { code: "import-unreadable", message: "Can't read './block.layers': no such file" },
    ]);
    const unclear: Host = { ...hostOf({}), namesBeside: async () => ["blocka.layers", "blockb.layers"] };
    const [found] = (await loadMain(importing("./block.layers"), unclear)).diagnostics;
    expect(found?.help).toMatch(/^did you mean/);
    expect(found?.fix).toBeUndefined();
  });

  it("reports the syntax errors of an imported file in that file, once", async () => {
    const host = hostOf({ "a.layers": "let x = ", "b.layers": importing("./a.layers") });
    const { diagnostics } = await loadMain(importing("./a.layers", "./b.layers"), host);
    expect(diagnostics.map((each) => [each.code, each.span?.file])).toEqual([["unexpected-token", "a.layers"]]);
  });

  it.each([
    ["import-unreadable", "./missing.layers"],
    ["import-not-relative", "a.layers"],
    ["import-not-relative", "/a.layers"],
    ["import-not-relative", "https://example.com/a.layers"],
    ["import-not-relative", ""],
    ["import-not-layers", "./a.keras"],
    ["import-not-layers", "./"],
  ])("%s: %s", async (code, path) => {
    const { program, diagnostics } = await loadMain(importing(path), hostOf({ "a.layers": "dim A" }));
    expect(diagnostics.map((each) => [each.code, each.span?.start])).toEqual([[code, 18]]);
    expect(program.imports.size).toBe(0);
  });

  it("tells the remedy for a bare file name", async () => {
    const [diagnostic] = (await loadMain(importing("lib/a.layers"), hostOf({}))).diagnostics;
    expect(diagnostic?.fix?.edits[0]?.text).toBe('"./lib/a.layers"');
  });

  it("asks for a host", async () => {
    expect((await loadMain(importing("./a.layers"))).diagnostics.map((each) => each.code)).toEqual([
      "import-without-host",
    ]);
  });

  it("reports a file that can't be read at every import of it, but tries once", async () => {
    const reads: string[] = [];
    const { diagnostics, dependencies } = await loadMain(importing("./a.layers", "./a.layers"), hostOf({}, reads));
    expect(diagnostics.map((each) => each.message)).toEqual([
      "Can't read './a.layers': no such file",
      "Can't read './a.layers': no such file",
    ]);
    expect(reads).toEqual(["a.layers"]);
    expect(dependencies).toEqual(["a.layers"]);
  });

  it("takes a host that throws", async () => {
    const failing: Host = { ...hostOf({}), readText: () => Promise.reject(new Error("disk on fire")) };
    const confused: Host = {
      ...hostOf({}),
      resolve: () => {
        throw new Error("no base");
      },
    };
    expect((await loadMain(importing("./a.layers"), failing)).diagnostics[0]?.message).toContain("disk on fire");
    expect((await loadMain(importing("./a.layers"), confused)).diagnostics[0]?.message).toContain("no base");
  });

  it("prints a cycle where it closes, and drops that import only", async () => {
    const host = hostOf({ "a.layers": importing("./b.layers"), "b.layers": importing("./a.layers") });
    const { program, diagnostics } = await loadMain(importing("./a.layers"), host);
    expect(diagnostics.map((each) => [each.code, each.span?.file, each.message])).toEqual([
      ["import-cycle", "b.layers", "The import closes a cycle: a.layers -> b.layers -> a.layers"],
    ]);
    expect(diagnostics[0]?.related.map((each) => each.span.file)).toEqual(["a.layers"]);
    expect([...program.imports.values()]).toEqual(["b.layers", "a.layers"]);
  });

  it("reports a file that imports itself", async () => {
    const { diagnostics } = await loadMain(importing("./main.layers"), hostOf({}));
    expect(diagnostics.map((each) => [each.code, each.message])).toEqual([["import-cycle", "The file imports itself"]]);
  });

  it("stops after a hundred imports in a row", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`f${i}.layers`, importing(`./f${i + 1}.layers`)]),
    );
    const { diagnostics, sources } = await loadMain(importing("./f0.layers"), hostOf(files));
    expect(diagnostics.map((each) => each.code)).toEqual(["imports-too-deep"]);
    expect(sources).toHaveLength(101);
  });

  it("reads at most a thousand files", async () => {
    const paths = Array.from({ length: 1500 }, (_, i) => `./f${i}.layers`);
    const files = Object.fromEntries(paths.map((path) => [path.slice(2), "dim A"]));
    const { diagnostics, sources } = await loadMain(importing(...paths), hostOf(files));
    expect(diagnostics.map((each) => each.code)).toEqual(["too-many-files"]);
    expect(sources).toHaveLength(1000);
  });

  it("has distinct codes", () => {
    const codes = loadDiagnostics.map((definition) => definition.code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
