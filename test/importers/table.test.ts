import { describe, expect, test } from "vitest";
import { codeIn, importersReadme, rowsIn } from "./readme-tables.ts";
import { caseOf, layerc } from "./support.ts";

const [, own = ""] = importersReadme.split("## Files of Keras and layers-models");
const [read = "", refused = ""] = (own.split("\n## ")[0] ?? "").split("Refused, with these words:");

describe("what the table says is read computes what its producer does", () => {
  const rows = rowsIn(read);
  test("it has rows", () => expect(rows.length).toBeGreaterThan(10));
  test.each(rows.flatMap((row) => codeIn(row.at(-1))))("%s", async (one) => {
    const [name = "", file = ""] = one.split("/");
    const sandbox = caseOf(name);
    expect(await layerc(sandbox, "import", file, "--name", "Net", "--out-dir", "out")).toMatchObject({ exitCode: 0 });
    const verified = await layerc(sandbox, "verify", "out/net.layers", "--against", "cases.json");
    expect(verified).toMatchObject({ exitCode: 0 });
  });
});

describe("what the table says is refused is refused in these words", () => {
  const rows = rowsIn(refused);
  test("it has rows", () => expect(rows.length).toBeGreaterThan(5));
  test.each(rows)("%s", async (_, words, place) => {
    const [name = "", file = ""] = (codeIn(place)[0] ?? "").split("/");
    const { exitCode, stderr } = await layerc(caseOf(name), "import", file);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(codeIn(words)[0]);
  });
});
