import { contestData, type ContestData } from "../contest-data.ts";
import { contest } from "../contest.ts";
import { layercEntry } from "../contenders.ts";
import { denseStack, type Network } from "../network.ts";
import { table, threeDigits } from "../table.ts";
import type { Part } from "./part.ts";

/** Nanoseconds per call of the TypeScript target at one size, with its weights in the module and passed to it. */
export interface Point {
  readonly size: number;
  readonly operations: number;
  readonly inline?: number;
  readonly argument?: number;
}

export interface CliffData {
  readonly oneLayer: readonly Point[];
  readonly threeLayers: readonly Point[];
}

/** Above so many weights a module with them inside would only measure how long its text is to read. */
const mostInline = 1_100_000;

/** The TypeScript target over finely stepped sizes: no step may cost much more per multiply-add than the one before. */
export const cliffPart: Part<CliffData> = {
  name: "cliff",
  title: "The TypeScript target over sizes",
  async run() {
    return {
      oneLayer: await points(steps(8, 4096, 1.2), (size) => denseStack([size, size], "relu")),
      threeLayers: await points(steps(8, 512, 1.2), (size) => denseStack([size, size, size, size], "relu")),
    };
  },
  markdown: ({ oneLayer, threeLayers }) =>
    [
      "Picoseconds per multiply-add of the TypeScript target, and how many times those of the size before:",
      section("One layer n -> n with relu:", oneLayer),
      section("Three of them:", threeLayers),
    ].join("\n\n"),
};

/** The largest ratio of the times per multiply-add of neighbouring sizes, with the size; 1 at least. */
export function largestStep(
  points: readonly Point[],
  weights: "inline" | "argument",
): { readonly size: number; readonly ratio: number } {
  let largest = { size: 0, ratio: 1 };
  points.forEach((point, at) => {
    const before = points[at - 1];
    if (before === undefined) return;
    const ratio = perOperation(point, weights) / perOperation(before, weights);
    if (ratio > largest.ratio) largest = { size: point.size, ratio };
  });
  return largest;
}

function perOperation(point: Point, weights: "inline" | "argument"): number {
  return (point[weights] ?? Number.NaN) / point.operations;
}

async function points(sizes: readonly number[], network: (size: number) => Network): Promise<readonly Point[]> {
  const found: Point[] = [];
  for (const size of sizes) {
    const stack = network(size);
    const operations = stack.layers.length * size * size;
    console.error(`cliff ${stack.layers.length} x ${size} ...`);
    const entries = (["inline", "argument"] as const)
      .filter((weights) => weights === "argument" || operations <= mostInline)
      .map((weights) => layercEntry(weights, { target: "typescript", weights }, "typescript"));
    const workload = { name: `${size}`, title: `${size}`, network: stack, batch: 1, weights: "inline" } as const;
    const { nanoseconds }: ContestData = contestData(
      await contest(workload, entries, { warmUp: 250, rounds: 7, milliseconds: 10 }),
    );
    found.push({ size, operations, ...nanoseconds });
  }
  return found;
}

function steps(from: number, to: number, factor: number): readonly number[] {
  const sizes = new Set<number>();
  for (let size = from; size < to; size *= factor) sizes.add(Math.round(size));
  return [...sizes, to];
}

function section(title: string, points: readonly Point[]): string {
  const cells = (at: number, weights: "inline" | "argument"): readonly string[] => {
    const point = points[at] as Point;
    if (point[weights] === undefined) return ["–", "–"];
    const before = points[at - 1];
    const time = perOperation(point, weights);
    return [
      Math.round(time * 1000).toLocaleString("en-US"),
      before === undefined ? "–" : threeDigits(time / perOperation(before, weights)),
    ];
  };
  return [
    title,
    table(
      ["n", "weights inside", "step", "weights passed", "step"],
      points.map(({ size }, at) => [size, ...cells(at, "inline"), ...cells(at, "argument")]),
    ),
  ].join("\n\n");
}
