import { expect, test } from "vitest";
import { trainerMaker } from "./make-trainer.ts";

test("metrics of one name are told apart by numbers, as Keras does", async () => {
  const make = await trainerMaker(`model M { input [2] Activation(linear)
    compile(sgd, mse, metrics=[mae, precision(thresholds=0.1), mean_absolute_error, precision(thresholds=0.9), mae]) }`);
  const trainer = make();
  // At 0.1 both outputs are found, one of them rightly; at 0.9 only the right one.
  const results = trainer.evaluate([0.5, 1], [0, 1]);
  expect(Object.keys(results)).toEqual([
    "loss",
    "mean_absolute_error",
    "precision",
    "mean_absolute_error_1",
    "precision_1",
    "mean_absolute_error_2",
  ]);
  expect(results).toMatchObject({ precision: 0.5, precision_1: 1, mean_absolute_error: 0.25 });
  expect(results["mean_absolute_error_2"]).toBe(results["mean_absolute_error"]);
});
