import { expect, test } from "vitest";
import { inputOf } from "./inputs.ts";
import { judge } from "./judge.ts";

test("the number of an input and the seed say what it is", () => {
  for (const number of [0, 1, 17]) {
    const { forge: _forge, ...input } = inputOf(7, number);
    expect(inputOf(7, number)).toMatchObject(input);
  }
});

test("a hundred inputs are taken as they should be; npm run fuzz tries more", async () => {
  const counts: Record<string, number> = {};
  for (let number = 0; number < 100; number++) {
    const input = inputOf(0, number);
    expect(await judge(input, counts), `npm run fuzz -- --seed 0 --only ${number}`).toBe(undefined);
  }
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(["exit 0", "exit 1"]));
});

test("what is wrong is told", async () => {
  const files = { "m.layers": "model M { input [2] Dense(1) }", "m.ts": "// by hand" };
  const input = { kind: "source", argv: ["build", "m.layers"], files };
  expect(await judge(input, {})).toBe(undefined);
  const forged = { ...input, kind: "cache", files: { ...files, "package.json": "{}" }, forge: (body: string) => body };
  expect(await judge(forged, {})).toMatch(/^exit 2: error\[output-not-generated\]/);
});
