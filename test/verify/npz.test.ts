import { describe, expect, test } from "vitest";
import { deflatedZip } from "../support/deflated-zip.ts";
import { npy } from "../support/npy.ts";
import { two, verifyText } from "./harness.ts";

function verifyNpz(members: Readonly<Record<string, Uint8Array>>) {
  return verifyText(two.text, deflatedZip(members), two.weights());
}

const inputs = npy("<f8", [2, 2], [1, 2, 3, 4]);
const outputs = npy("<f4", [2, 1], [7, 15]);

describe("cases in an .npz archive", () => {
  test("pass, with layers by name", async () => {
    const first = npy("<i8", [1, 2], [2, 4]);
    const { diagnostics, models } = await verifyNpz({
      "inputs.npy": inputs,
      "outputs.npy": outputs,
      "first.npy": first,
    });
    expect(diagnostics).toEqual([]);
    expect(models[0]).toMatchObject({ passed: true, layers: [{ name: "first", samples: 1, passed: true }] });
  });

  test("fail where they differ", async () => {
    const wrong = npy("<f4", [2, 1], [7, 16]);
    const { diagnostics } = await verifyNpz({ "inputs.npy": inputs, "outputs.npy": wrong });
    expect(diagnostics.map(({ code }) => code)).toEqual(["verify-deviates"]);
  });

  test.each<[string, Readonly<Record<string, Uint8Array>>, string, string]>([
    ["no inputs", { "outputs.npy": outputs }, "cases-damaged", "no array 'inputs'"],
    ["no outputs", { "inputs.npy": inputs }, "cases-damaged", "no array 'outputs'"],
    ["another zip", { "config.json": new Uint8Array(2) }, "cases-unsupported", "not one of numpy's arrays"],
    [
      "a cut array",
      { "inputs.npy": inputs.subarray(0, -8), "outputs.npy": outputs },
      "cases-damaged",
      "needs 32 bytes",
    ],
    [
      "an unknown layer",
      { "inputs.npy": inputs, "outputs.npy": outputs, "third.npy": outputs },
      "cases-unknown-layer",
      "'third'",
    ],
    [
      "a claim beyond all memory",
      { "inputs.npy": npy("<f4", [1e6, 1e6], []), "outputs.npy": outputs },
      "cases-too-large",
      "above 16777216 values",
    ],
    [
      "a bomb",
      { "inputs.npy": new Uint8Array(2 ** 26 + 1), "outputs.npy": outputs },
      "cases-too-large",
      "more than 67108864 bytes",
    ],
  ])("%s", async (_, members, code, message) => {
    const { diagnostics, models } = await verifyNpz(members);
    expect(models).toEqual([]);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(diagnostics[0]?.message).toContain(message);
  });
});
