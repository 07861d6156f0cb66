import { tensor1d, train } from "@tensorflow/tfjs-core";
import type { Contender } from "../serve/contender.ts";
import { tfjsModel } from "../serve/tfjs-model.ts";
import { labelLists, labelsOf } from "../training/labels.ts";

/** `model.trainOnBatch`, which does less than `fit`, on tensors that are made beforehand. */
export default ([backend = "cpu"]: readonly string[]): Contender => ({
  async prepare(workload) {
    const { model, inputs, note } = await tfjsModel(workload, backend);
    model.compile({ optimizer: train.adam(0.001, 0.9, 0.999, 1e-7), loss: "sparseCategoricalCrossentropy" });
    const labels = labelsOf(workload);
    const targets = Array.from({ length: labelLists }, (_, list) => tensor1d(labels(list).slice()));
    let steps = 0;
    return {
      async call(at) {
        return [(await model.trainOnBatch(inputs[at]!, targets[steps++ % labelLists]!)) as number];
      },
      note,
    };
  },
});
