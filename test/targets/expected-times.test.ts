import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { expectedTimes } from "../../src/stages/expected-times.ts";
import { accuracyOf, judge, type Judged } from "../bench/estimates/accuracy.ts";
import { lowerText } from "../bench/estimates/lower.ts";
import { estimatedModels } from "../bench/estimates/models.ts";
import { readEstimates, recordedModels } from "../bench/estimates/recorded.ts";

const page = readFileSync(new URL("../bench/README.md", import.meta.url), "utf8");
const targets = ["typescript", "wasm"] as const;

describe("the times that are expected", () => {
  let judged: readonly Judged[];
  beforeAll(async () => {
    judged = await judge(recordedModels(readEstimates()));
  });
  const of = (group: Judged["group"]): readonly Judged[] => judged.filter((model) => model.group === group);

  test("are near those that the benchmark has recorded, for models that nothing was fitted to", () => {
    expect(judged.length).toBe(estimatedModels.length);
    for (const group of ["dense", "other"] as const) {
      expect(of(group).length).toBeGreaterThanOrEqual(12);
      for (const target of targets) {
        expect(accuracyOf(of(group), target).median).toBeLessThan(1.5);
        expect(accuracyOf(of(group), target).most).toBeLessThan(3);
      }
    }
  });

  test("are off by what the page of the benchmarks says", () => {
    for (const group of ["fitted", "dense", "other"] as const) {
      const cells = targets.map((target) => {
        const { median, most } = accuracyOf(of(group), target);
        return `${median.toFixed(2)} (${most.toFixed(2)})`;
      });
      expect(page).toContain(`| ${of(group).length} | ${cells.join(" | ")} |`);
    }
  });

  test("rank the targets as they were measured, where one is clearly faster", () => {
    const clear = judged.filter(({ typescript, wasm }) => typescript / wasm > 1.5 || wasm / typescript > 1.5);
    expect(clear.length).toBeGreaterThan(30);
    for (const { title, typescript, wasm, expected } of clear) {
      expect(expected.typescript > expected.wasm, title).toBe(typescript > wasm);
    }
  });
});

test("a larger model is not expected to be faster", async () => {
  const timesOf = async (text: string): Promise<readonly number[]> =>
    (await expectedTimes((await lowerText(text)).lowered)).map(({ time }) => time.best);
  const larger = [1, 2, 7, 16, 40, 128, 500, 613, 1024, 1733, 1740].map(
    (size) => `model M { input [${size}] Dense(${size}, tanh) }`,
  );
  const deeper = [1, 2, 5, 20, 60].map((depth) => `model M { input [64] repeat ${depth} { Dense(64, relu) } }`);
  const wider = [1, 10, 1000].map((steps) => `model M { input [${steps}, 8] Dense(8) LayerNormalization() Softmax() }`);
  for (const ladder of [larger, deeper, wider]) {
    let before: readonly number[] = [0, 0];
    for (const text of ladder) {
      const times = await timesOf(text);
      expect(times).toHaveLength(2);
      for (const [at, time] of times.entries()) expect(time, text).toBeGreaterThan(before[at] ?? 0);
      before = times;
    }
  }
});
