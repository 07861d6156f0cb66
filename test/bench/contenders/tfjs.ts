import type { Tensor } from "@tensorflow/tfjs-core";
import type { Contender } from "../serve/contender.ts";
import { tfjsModel } from "../serve/tfjs-model.ts";

/** `model.predict` on a backend, the inputs made into tensors beforehand. */
export default ([backend = "cpu"]: readonly string[]): Contender => ({
  async prepare(workload) {
    const { model, inputs, note } = await tfjsModel(workload, backend);
    return {
      call(at) {
        const output = model.predict(inputs[at] as Tensor) as Tensor;
        const values = output.dataSync();
        output.dispose();
        return values;
      },
      note,
    };
  },
});
