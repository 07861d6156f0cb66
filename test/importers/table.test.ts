import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { makeSandbox, type Sandbox } from "../cli/sandbox.ts";
import { layerc } from "./support.ts";

const readme = fs.readFileSync(new URL("../../src/importers/README.md", import.meta.url), "utf8");
const [, own = ""] = readme.split("## Files of Keras and layers-models");
const [read = "", refused = ""] = (own.split("\n## ")[0] ?? "").split("Refused, with these words:");

/** The cells of the rows of a table, without its head. */
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));

const codeIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

const cases = new URL("../fixtures/cases/", import.meta.url);

function sandboxOf(name: string): Sandbox {
  const folder = new URL(`${name}/`, cases);
  return makeSandbox(
    Object.fromEntries(fs.readdirSync(folder).map((file) => [file, fs.readFileSync(new URL(file, folder))])),
  );
}

describe("what the table says is read computes what its producer does", () => {
  const rows = rowsOf(read);
  test("it has rows", () => expect(rows.length).toBeGreaterThan(10));
  test.each(rows.flatMap((row) => codeIn(row.at(-1) ?? "")))("%s", async (one) => {
    const [name = "", file = ""] = one.split("/");
    const sandbox = sandboxOf(name);
    expect(await layerc(sandbox, "import", file, "--name", "Net", "--out-dir", "out")).toMatchObject({ exitCode: 0 });
    const verified = await layerc(sandbox, "verify", "out/net.layers", "--against", "cases.json");
    expect(verified).toMatchObject({ exitCode: 0 });
  });
});

describe("what the table says is refused is refused in these words", () => {
  const rows = rowsOf(refused);
  test("it has rows", () => expect(rows.length).toBeGreaterThan(5));
  test.each(rows)("%s", async (_, words, place) => {
    const [name = "", file = ""] = (codeIn(place ?? "")[0] ?? "").split("/");
    const { exitCode, stderr } = await layerc(sandboxOf(name), "import", file);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(codeIn(words ?? "")[0]);
  });
});
