import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { check } from "layerc";
import { median, table } from "./measure.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("layerc check from a cold start", () => {
  const time = (...argv: readonly string[]): number => {
    const start = performance.now();
    const { status } = spawnSync(process.execPath, argv, { cwd: root });
    expect(status).toBe(0);
    return performance.now() - start;
  };
  const empty: number[] = [];
  const whole: number[] = [];
  for (let run = 0; run < 10; run++) {
    empty.push(time("-e", ""));
    whole.push(time("dist/cli.js", "check", "examples/deep.layers"));
  }
  const ms = (times: readonly number[]): string => median(times).toFixed(0);
  console.log("\nms of process time, median of 10:\n");
  console.log(table(["node -e ''", "layerc check examples/deep.layers"], [[ms(empty), ms(whole)]]));
});

test("checking long files", async () => {
  const sizes = [100, 300, 1000, 3000];
  const sources = sizes.map((layers) => {
    const lines = Array.from({ length: layers }, (_, at) => `  layer${at}: Dense(${8 + (at % 5)}, activation=relu)`);
    return `model Long {\n  input [8]\n${lines.join("\n")}\n}\n`;
  });
  const times: number[][] = sizes.map(() => []);
  for (let round = 0; round < 15; round++) {
    for (const [at, text] of sources.entries()) {
      const start = performance.now();
      const { diagnostics } = await check(text);
      times[at]?.push(performance.now() - start);
      expect(diagnostics).toEqual([]);
    }
  }
  // The shortest: what else the machine does, and when memory is collected, only adds.
  const shortest = times.map((list) => Math.min(...list));
  const perLayer = shortest.map((time, at) => (time / (sizes[at] as number)) * 1000);
  console.log("\ncheck, the shortest of 15 in one process:\n");
  console.log(
    table(
      ["layers", "ms", "µs per layer", "per layer, beside 100 layers"],
      sizes.map((layers, at) => [
        layers.toLocaleString("en-US"),
        (shortest[at] as number).toFixed(1),
        (perLayer[at] as number).toFixed(0),
        ((perLayer[at] as number) / (perLayer[0] as number)).toFixed(2),
      ]),
    ),
  );
});
