import { NoFormula } from "../formulas/formula-layer.ts";
import type { FuzzInput } from "../inputs.ts";
import { randomOf, type Random } from "../random.ts";
import { kerasFile } from "../readers/keras-file.ts";
import { judgeOutputs } from "./judge-outputs.ts";
import type { Peers } from "../peers/peer.ts";
import { judgePeer } from "./judge-peer.ts";
import { judgeSelfTest } from "./judge-self-test.ts";
import { modelsOf } from "./models-of.ts";

type Counts = Record<string, number>;

/** Whether the modules of an input compute what formulas say, for inputs that are chosen to be looked at so closely. */
export async function judgeNumbers(
  input: FuzzInput,
  exitCode: number,
  counts: Counts,
  peers: Peers = {},
): Promise<string | undefined> {
  if (input.probe === undefined || exitCode !== 0) return undefined;
  const random = randomOf(input.probe);
  switch (input.kind) {
    case "source":
    case "stack":
      for (const model of (await modelsOf("m.layers", input.files)).slice(-2)) {
        const why = await judgeOutputs(model, random, counts);
        if (why !== undefined) return why;
      }
      return undefined;
    case ".keras":
    case ".h5":
      return judgeKeras(input, random, counts);
    case ".onnx":
    case "model.json": {
      const name = input.argv[1] as string;
      const model = (await modelsOf(name, input.files)).at(-1);
      const why = model && (await judgeOutputs(model, random, counts));
      const peer = why === undefined ? peers[input.kind] : undefined;
      return peer === undefined ? why : judgePeer(input, random, counts, peer);
    }
    case "cases":
      return judgeSelfTest(input, random, counts);
    default:
      return undefined;
  }
}

/** A model of Keras, compared with what its own file says without layerc. */
async function judgeKeras(
  { argv, files, kind }: FuzzInput,
  random: Random,
  counts: Counts,
): Promise<string | undefined> {
  const name = argv[1] as string;
  // Behind those that are nested in it.
  const model = (await modelsOf(name, files)).at(-1);
  if (model === undefined) return undefined;
  try {
    return await judgeOutputs({ ...model, layers: await kerasFile(name, files[name] as Uint8Array) }, random, counts);
  } catch (error) {
    if (!(error instanceof NoFormula)) throw error;
    counts[`${kind}: no formula for ${error.message}`] = (counts[`${kind}: no formula for ${error.message}`] ?? 0) + 1;
    return undefined;
  }
}
