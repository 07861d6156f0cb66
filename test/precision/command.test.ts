import { describe, expect, test } from "vitest";
import * as compiler from "../../src/compile.ts";
import { makeSandbox, type Sandbox } from "../cli/sandbox.ts";
import { makeStack, nearestBfloat16, stackFile, stackOutputs, stackText, uniform } from "./dense-stack.ts";

const stack = makeStack([30, 24, 5], ["relu", "softmax"], 6);
const random = uniform(2);
const inputs = Array.from({ length: 4 }, () => Array.from({ length: 30 }, random));

function casesWith(store: (weight: number) => number): string {
  const values = stackOutputs(stack, inputs.flat(), store);
  const outputs = inputs.map((_, sample) => [...values.subarray(5 * sample, 5 * sample + 5)]);
  return JSON.stringify({ inputs, outputs });
}

function sandbox(text = stackText(stack, true)): Sandbox {
  return makeSandbox({
    "net.layers": text,
    "net.safetensors": stackFile(stack),
    "exact.json": casesWith((weight) => weight),
    "rounded.json": casesWith(nearestBfloat16),
  });
}

const layerc = (made: Sandbox, line: string) => made.run(line.split(" "), { compiler });

describe("layerc build --precision bfloat16", () => {
  test("writes a smaller module, and --explain says what that costs", async () => {
    const made = sandbox();
    await layerc(made, "build net.layers --unroll none");
    const before = (made.contents()["net.ts"] as string).length;
    const { exitCode, stdout, stderr } = await layerc(
      made,
      "build net.layers --unroll none --precision bfloat16 --explain",
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const after = (made.contents()["net.ts"] as string).length;
    expect(after).toBeLessThan(before);
    expect(stdout).toMatch(/^ {2}d0 .* 1\.5 kB {2}/m);
    expect(stdout).toMatch(
      /^ {2}bfloat16: 840 of 869 weights are rounded; on 100 random samples, outputs are off by \d\.\de-\d \(relative RMS\), by \d\.\de-\d at most\n {2}another class is the most likely one in \d of 100\n/m,
    );
    expect(stdout).toContain(`net.layers: ${(after / 1000).toFixed(1)} kB, `);
    expect(stdout).toContain(`${((before - after) / 1000).toFixed(1)} kB less than with float32 weights\n`);
  });

  test("gives the figures as JSON", async () => {
    const made = sandbox();
    const { stdout } = await layerc(made, "build net.layers --precision bfloat16 --explain --format json");
    const { models, sizes } = JSON.parse(stdout) as Record<string, Record<string, unknown>[]>;
    expect(models?.[0]?.["bfloat16"]).toMatchObject({ rounded: 840, parameters: 869, error: { kind: "measured" } });
    const bytes = (made.contents()["net.ts"] as string).length;
    expect(sizes).toEqual([{ source: "net.layers", bytes, float32Bytes: expect.any(Number) }]);
  });

  test("says so where there is nothing to round, or nothing to measure", async () => {
    const softmax = await layerc(
      sandbox("model Net { input [3] Softmax() }"),
      "build net.layers --precision bfloat16 --explain",
    );
    expect(softmax.stdout).toContain("  bfloat16: no weights are rounded, for there are no Dense layers\n");
    expect(softmax.stdout).toContain(" kB, as with float32 weights\n");
    const unbound = await layerc(sandbox(stackText(stack, false)), "build net.layers --precision bfloat16 --explain");
    expect(unbound.stdout).toContain(
      "  bfloat16: 840 of 869 weights are rounded; what that costs is not known without weights\n",
    );
  });

  test("--check wants the same precision", async () => {
    const made = sandbox();
    await layerc(made, "build net.layers --precision bfloat16");
    expect((await layerc(made, "build net.layers --precision bfloat16 --check")).exitCode).toBe(0);
    expect((await layerc(made, "build net.layers --check")).exitCode).toBe(1);
  });

  test.each(["float16", "", "BFLOAT16"])("'%s' is no precision", async (name) => {
    const { exitCode, stderr } = await sandbox().run(["build", "net.layers", "--precision", name], { compiler });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("expected float32, bfloat16 or int8");
  });

  test("--self-test has a tolerance that rounded weights meet", async () => {
    const made = sandbox();
    await layerc(made, "build net.layers --precision bfloat16 --self-test exact.json");
    expect(made.contents()["net.ts"]).toContain("tolerance = 0.02");
    await layerc(made, "build net.layers --self-test exact.json");
    expect(made.contents()["net.ts"]).toContain("tolerance = 0.000002");
  });
});

describe("layerc verify --precision bfloat16", () => {
  test("runs the model with rounded weights", async () => {
    const made = sandbox();
    const tight = await layerc(made, "verify net.layers --against rounded.json --precision bfloat16 --tolerance 2e-6");
    expect(tight.exitCode).toBe(0);
    expect(tight.stdout).toContain(
      "Net against rounded.json: 4 samples, compiled to TypeScript with bfloat16 weights\n",
    );
    expect((await layerc(made, "verify net.layers --against rounded.json")).exitCode).toBe(1);
  });

  test("takes 2e-2 for a tolerance where none is given", async () => {
    const made = sandbox();
    const { exitCode, stdout } = await layerc(made, "verify net.layers --against exact.json --precision bfloat16");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("within the tolerance 0.02\n");
    const strict = await layerc(made, "verify net.layers --against exact.json --precision bfloat16 --tolerance 2e-6");
    expect(strict.exitCode).toBe(1);
    expect(strict.stdout).toContain("not within the tolerance 2e-6\n");
  });

  test("names the precision in its document", async () => {
    const { stdout } = await layerc(
      sandbox(),
      "verify net.layers --against exact.json --precision bfloat16 --format json",
    );
    const { models } = JSON.parse(stdout) as { models: Record<string, unknown>[] };
    expect(models[0]).toMatchObject({ precision: "bfloat16", tolerance: 2e-2, passed: true });
  });
});
