import { expect, test } from "vitest";
import { trainerMaker } from "./make-trainer.ts";

const model = `model Net {
  input [1]
  Dense(2, activation=softmax)
  compile(optimizer=sgd, loss=sparse_categorical_crossentropy, metrics=[accuracy])
}`;

test("metrics of WebAssembly count further than float32 does", async () => {
  const trainer = (await trainerMaker(model, "wasm"))({ weights: { dense: { kernel: [0, 0], bias: [0, 1] } } });
  trainer.observe([0, 0], [1, 0]);
  const state = trainer.state();
  const sums = Object.entries(state.arrays).filter(([name]) => name.startsWith("metrics/"));
  expect(sums.length).toBeGreaterThan(0);
  // As if so many samples had been seen, after which float32 has no room for one more.
  const before = new Map(sums.map(([name, values]) => [name, (values[0] as number) + 2 ** 24]));
  const arrays = {
    ...state.arrays,
    ...Object.fromEntries([...before].map(([name, value]) => [name, Float64Array.of(value)])),
  };
  trainer.restore({ ...state, arrays });
  for (let more = 0; more < 3; more++) trainer.observe([0], [1]);
  for (const [name, value] of before) expect(trainer.state().arrays[name]?.[0]).toBe(value + 3);
});
