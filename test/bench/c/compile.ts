import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const sources = path.join(process.cwd(), "test/bench/c");

/**
 * Compiles `main.c` for the network of a workload's folder, whose sizes become constants, and gives the path of the
 * program. Throws where there is no gcc.
 */
export async function compileC(folder: string): Promise<string> {
  const [numbers = "", ...lines] = readFileSync(path.join(folder, "shape.txt"), "utf8").trim().split("\n");
  const [inputs = 0, outputs = 0, batch = 0, calls = 0, pool = 0] = numbers.split(" ").map(Number);
  let width = inputs;
  const layers = lines.map((line, at) => {
    const [units = "", activation = "", bias = ""] = line.split(" ");
    const call = `LAYER(${at}, ${width}, ${units}, ${activation.toUpperCase()}, ${bias})`;
    width = Number(units);
    return call;
  });
  const shape = [
    ...Object.entries({ INPUTS: inputs, OUTPUTS: outputs, BATCH: batch, CALLS: calls, POOL: pool }).map(
      ([name, value]) => `#define ${name} ${value}`,
    ),
    `#define LAYER_COUNT ${layers.length}`,
    `#define LAYERS ${layers.join(" ")}`,
    `#define WIDEST ${Math.max(inputs, ...lines.map((line) => Number(line.split(" ")[0])))}`,
    "",
  ];
  writeFileSync(path.join(folder, "shape.h"), shape.join("\n"));
  const program = path.join(folder, "contender-c");
  const options = ["-O3", "-march=native", "-ffast-math", "-fno-finite-math-only", "-std=gnu17", `-I${folder}`];
  const { error, status, stderr } = spawnSync("gcc", [...options, path.join(sources, "main.c"), "-o", program, "-lm"], {
    encoding: "utf8",
  });
  if (error !== undefined) throw new Error("there is no gcc");
  if (status !== 0) throw new Error(`gcc: ${stderr.split("\n").find((line) => line.includes("error")) ?? stderr}`);
  return program;
}
