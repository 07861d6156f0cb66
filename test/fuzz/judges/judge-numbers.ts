import type { FuzzInput } from "../inputs.ts";
import { randomOf } from "../random.ts";
import { judgeOutputs } from "./judge-outputs.ts";
import { modelsOf } from "./models-of.ts";

/** Whether the modules of an input compute what formulas say, for inputs that are chosen to be looked at so closely. */
export async function judgeNumbers(
  input: FuzzInput,
  exitCode: number,
  counts: Record<string, number>,
): Promise<string | undefined> {
  if (input.probe === undefined || exitCode !== 0) return undefined;
  const random = randomOf(input.probe);
  switch (input.kind) {
    case "source":
    case "stack": {
      for (const model of (await modelsOf("m.layers", input.files)).slice(-2)) {
        const why = await judgeOutputs(model, random, counts);
        if (why !== undefined) return why;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}
