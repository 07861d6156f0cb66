import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { digestOf } from "../../src/node/read-log.ts";
import { makeSandbox, type Sandbox } from "./sandbox.ts";

const project = { "package.json": "{}", "node_modules/.keep": "", "a.layers": "model A warning" };
const environment = { compilerId: () => "1" };

type Entry = Record<string, unknown> & {
  readonly diagnostics: readonly Record<string, unknown>[];
  readonly outputs: readonly (readonly [string, string])[];
  readonly reads: readonly (readonly [string, string | null])[];
  readonly reports: readonly Record<string, unknown>[];
};

/** A project that was built, and its only entry. */
async function built(): Promise<{ readonly sandbox: Sandbox; readonly file: string; readonly entry: Entry }> {
  const sandbox = makeSandbox(project);
  expect((await sandbox.run(["build", "a.layers"], { environment })).exitCode).toBe(0);
  const folder = path.join(sandbox.folder, "node_modules/.cache/layerc");
  const [name = ""] = fs.readdirSync(folder);
  const file = path.join(folder, name);
  const text = fs.readFileSync(file, "utf8");
  return { sandbox, file, entry: JSON.parse(text.slice(text.indexOf("\n") + 1)) as Entry };
}

/** Writes an entry as its owner would, its checksum right. */
function forge(file: string, entry: unknown): void {
  const body = typeof entry === "string" ? entry : JSON.stringify(entry);
  const key = path.basename(file, ".json");
  fs.writeFileSync(file, `${digestOf(new TextEncoder().encode(`${key}\n${body}`))}\n${body}`);
}

const only = (entry: Entry): Record<string, unknown> => entry.diagnostics[0] ?? {};

describe("a forged entry is no entry, and is replaced", () => {
  test.each<readonly [string, (entry: Entry) => unknown]>([
    ["null", () => null],
    ["a list", () => []],
    ["a number", () => 7],
    ["no JSON", () => "{"],
    ["lists without an end", () => "[".repeat(100_000)],
    ["nothing in it", () => ({})],
    ["a field less", (entry) => ({ ...entry, shared: undefined })],
    ["a field more", (entry) => ({ ...entry, more: 1 })],
    ["only inherited fields", (entry) => `{"__proto__":${JSON.stringify(entry)}}`],
    ["another compiler", (entry) => ({ ...entry, made: String(entry["made"]).replace('"1"', '"2"') })],
    ["another version", (entry) => ({ ...entry, made: String(entry["made"]).replace("[3,", "[2,") })],
    ["no files that it read", (entry) => ({ ...entry, reads: [] })],
    ["another model file", (entry) => ({ ...entry, reads: [["b.layers", entry.reads[0]?.[1]]] })],
    ["texts for files", (entry) => ({ ...entry, reads: "a.layers", outputs: "a.ts" })],
    ["numbers for digests", (entry) => ({ ...entry, reads: [["a.layers", 1]] })],
    [
      "an output in another folder",
      (entry) => ({ ...entry, outputs: [["../../package.json", entry.outputs[0]?.[1]]] }),
    ],
    ["an output that is a folder", (entry) => ({ ...entry, outputs: [["..", entry.outputs[0]?.[1]]] })],
    ["diagnostics that are none", (entry) => ({ ...entry, diagnostics: [null] })],
    ["an error", (entry) => ({ ...entry, diagnostics: [{ ...only(entry), severity: "error" }] })],
    [
      "a place in no source",
      (entry) => ({ ...entry, diagnostics: [{ ...only(entry), span: { file: "x", start: 0, end: 1 } }] }),
    ],
    [
      "a place behind the end",
      (entry) => ({ ...entry, diagnostics: [{ ...only(entry), span: { file: "a.layers", start: 0, end: 9e9 } }] }),
    ],
    [
      "a place before the start",
      (entry) => ({ ...entry, diagnostics: [{ ...only(entry), span: { file: "a.layers", start: -1, end: 1 } }] }),
    ],
    [
      "a place that ends before it starts",
      (entry) => ({ ...entry, diagnostics: [{ ...only(entry), span: { file: "a.layers", start: 2, end: 1 } }] }),
    ],
    ["a help that is a list", (entry) => ({ ...entry, diagnostics: [{ ...only(entry), help: ["x"] }] })],
    ["a fix without edits", (entry) => ({ ...entry, diagnostics: [{ ...only(entry), fix: { title: "t" } }] })],
    ["sources that it did not read", (entry) => ({ ...entry, sources: ["/etc/hostname"] })],
    ["reports without a target", (entry) => ({ ...entry, reports: [{ model: "A", layers: [] }] })],
    [
      "gains that are texts",
      (entry) => ({
        ...entry,
        reports: [{ ...entry.reports[0], target: { target: "typescript", reason: "", wasmGain: "9" } }],
      }),
    ],
  ])("%s", async (_, change) => {
    const { sandbox, file, entry } = await built();
    const sound = fs.readFileSync(file, "utf8");
    forge(file, change(entry));
    const forged = fs.readFileSync(file, "utf8");
    expect(forged).not.toBe(sound);
    const { exitCode, stderr, stdout } = await sandbox.run(["build", "a.layers", "--format", "json"], { environment });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ outputs: [{ path: "a.ts", cached: false }] });
    expect(fs.readFileSync(file, "utf8")).toBe(sound);
  });

  test("and the sound one is one", async () => {
    const { sandbox, file, entry } = await built();
    forge(file, entry);
    const { stdout } = await sandbox.run(["build", "a.layers", "--format", "json"], { environment });
    expect(JSON.parse(stdout)).toMatchObject({ outputs: [{ cached: true }] });
  });
});

test("no entry makes build --check pass", async () => {
  const { sandbox, file, entry } = await built();
  const [source, output] = ["a.layers", "a.ts"].map((name) => path.join(sandbox.folder, name)) as [string, string];
  fs.writeFileSync(source, "model Other");
  await sandbox.run(["build", "a.layers"], { environment });
  const content = fs.readFileSync(output, "utf8");
  fs.writeFileSync(source, project["a.layers"]);
  forge(file, { ...entry, outputs: [["a.ts", digestOf(new TextEncoder().encode(content))]] });
  const { exitCode, stdout } = await sandbox.run(["build", "a.layers", "--check"], { environment });
  expect(exitCode).toBe(1);
  expect(stdout).toContain("a.ts");
});
