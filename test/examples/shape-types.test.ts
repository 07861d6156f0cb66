import { afterAll, beforeAll, expect, test } from "vitest";
import { compileText } from "../targets/support/compile-text.ts";
import { typeCheck, type TypeChecked } from "../targets/support/type-check.ts";

const source = `dim time
model First { input [3]  Dense(4) }
model Second { input [4]  Dense(5)  Dense(2) }
model Steps { input [time, 4]  Dense(4) }
model Grid { input [2, 2]  Dense(4) }`;

/** What a user's code does with the types; every line after `// wrong` must be an error, every other line must not. */
const user = (extension: string): string => `
import { createFirst, createSecond, createSteps, createGrid, firstInfo } from "./${extension}.js";
import type { FirstInput, FirstOutput, SecondInput, StepsOutput } from "./${extension}.js";
declare const weights: { first: never; second: never; steps: never; grid: never };
const first = createFirst(weights.first);
const second = createSecond(weights.second);
const steps = createSteps(weights.steps);
const grid = createGrid(weights.grid);

export const fits: Float32Array = second.forward(first.forward([1, 2, 3]));
export const plain: Float32Array[] = [first.forward(new Float32Array(3)), first.forward(new Float64Array(3))];
export const tuple: Float32Array = first.forward([1, 2, 3] as const);
export const batch: Float32Array = second.forwardBatch(first.forwardBatch([1, 2, 3]));
export const sized: Float32Array = steps.forward(steps.forward([1, 2, 3, 4]));
export const named: SecondInput = first.forward([1, 2, 3]) satisfies FirstOutput;
export const input: FirstInput = [1, 2, 3];
export const reused: Float32Array = first.forward([1, 2, 3], new Float32Array(4));
export const withDims: Float32Array = steps.forwardBatch([1, 2, 3, 4], undefined, { time: 1 });
export const literal: readonly [3] = firstInfo.inputShape;
export const output: StepsOutput = steps.forward([]);

// wrong
export const twice = first.forward(first.forward([1, 2, 3]));
// wrong
export const turned = first.forward(second.forward([1, 2, 3, 4]));
// wrong
export const flat = second.forward(grid.forward([1, 2, 3, 4]));
// wrong
export const text = first.forward("123");
// wrong
export const noDims = steps.forwardBatch([1, 2, 3, 4]);
// wrong
export const misspelt = steps.forwardBatch([1, 2, 3, 4], undefined, { tim: 1 });
// wrong
createFirst({ dense: { kernel: new Float32Array(12) } });
// wrong
createFirst({ dense: { kernel: [1, 2, 3], bias: new Float32Array(4) } });
// wrong
firstInfo.name = "other";
`;

const files = new Map<string, string>();
let checked: TypeChecked;

beforeAll(async () => {
  files.set("model.ts", (await compileText(source)).text);
  files.set("declared.d.ts", (await compileText(source, { emit: "js" })).declarations);
  files.set("user-of-model.ts", user("model"));
  files.set("user-of-declared.ts", user("declared"));
  checked = await typeCheck(files);
});
afterAll(() => checked?.dispose());

test.each(["user-of-model.ts", "user-of-declared.ts"])(
  "%s: a wrong shape is a type error, a right one is not",
  (name) => {
    const text = files.get(name) as string;
    const wrong = text.split("\n").flatMap((line, at) => (line === "// wrong" ? [at + 2] : []));
    // Isolated declarations ask for annotations that a user's file may lack.
    const errors = checked.errors
      .split("\n")
      .filter((line) => line.startsWith(`${name}(`) && !line.includes("--isolatedDeclarations"))
      .map((line) => Number(/\((\d+),/.exec(line)?.[1]));
    expect([...new Set(errors)]).toEqual(wrong);
    expect(wrong.length).toBe(9);
  },
);
