import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { mutateBytes } from "../../fuzz/mutate.ts";
import { randomOf } from "../../fuzz/random.ts";
import { deflatedZip } from "../../support/deflated-zip.ts";
import { npy } from "../../support/npy.ts";
import { dataFile, readText, wantedData } from "./read-text.ts";

const iris = readFileSync(fileURLToPath(new URL("../../fixtures/data/iris.csv", import.meta.url)), "utf8");
const rows = iris
  .trimEnd()
  .split("\n")
  .slice(1, 30)
  .map((row) => row.split(","));

const sound: Readonly<Record<string, Uint8Array>> = {
  csv: Buffer.from(iris.split("\n").slice(0, 40).join("\n")),
  quoted: Buffer.from(rows.map((row) => `"${row.join('","')}"`).join("\r\n")),
  jsonl: Buffer.from(rows.map((row) => JSON.stringify({ x: row.slice(0, 4).map(Number), y: row[4] })).join("\n")),
  fields: Buffer.from(rows.map((row) => JSON.stringify({ ...row.slice(0, 4).map(Number), label: row[4] })).join("\n")),
  npz: deflatedZip({
    "x.npy": npy(
      "<f4",
      [30, 4],
      Array.from({ length: 120 }, (_, at) => at),
    ),
    "y.npy": npy(
      "<i8",
      [30],
      Array.from({ length: 30 }, (_, at) => at % 3),
    ),
  }),
};

test.each(Object.keys(sound))(
  "%s with any bytes changed gives samples or says what is wrong, each with its place in the file",
  async (kind) => {
    const random = randomOf(7);
    let read = 0;
    for (let count = 0; count < 500; count++) {
      const whole = sound[kind] as Uint8Array;
      const content = random.chance(0.1) ? whole : mutateBytes(whole, random);
      const file = dataFile(content, 1 + random.int(400), `iris.${kind}`);
      const result = await readText(
        file,
        wantedData({ loss: random.pick(["sparse_categorical_crossentropy", "categorical_crossentropy"]) }),
      );
      if (result.data === undefined) expect(result.printed, `file ${count}`).toMatch(/^error\[/);
      else read += 1;
      for (const span of result.spans) {
        expect(span === undefined || (span.start >= 0 && span.start <= span.end && span.end <= content.length)).toBe(
          true,
        );
      }
      for (const sample of result.samples ?? []) {
        expect([...sample.inputs, ...sample.targets].every((value) => Number.isFinite(value))).toBe(true);
        expect(sample.inputs.length).toBe(4);
      }
    }
    // A tenth is left as it is, and few changes leave it a file of samples.
    if (kind !== "quoted") expect(read).toBeGreaterThan(10);
    expect(read).toBeLessThan(480);
  },
);
