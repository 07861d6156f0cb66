import { instantiate } from "../../random/instantiate.ts";
import { map } from "../../random/nd.ts";
import { evaluate } from "../formulas/evaluate.ts";
import { NoFormula } from "../formulas/formula-layer.ts";
import { layersOfModel, shapeSizes } from "../formulas/layers-of-model.ts";
import type { FuzzInput } from "../inputs.ts";
import type { Peer } from "../peers/peer.ts";
import type { Random } from "../random.ts";
import { isLarge, type Compile } from "./judge-outputs.ts";
import { modelsOf } from "./models-of.ts";
import { sampleInput } from "./sample-values.ts";

/** Other software rounds after every operation, and takes shorter series than we do. */
const tolerance = 2e-4;
const swayOfPeers = 200;

/** Whether the module of a model file gives what other software makes of the same file. */
export async function judgePeer(
  { files, argv, kind }: Pick<FuzzInput, "files" | "argv" | "kind">,
  random: Random,
  counts: Record<string, number>,
  peer: Peer,
  compile: Compile = instantiate,
): Promise<string | undefined> {
  const count = (what: string): undefined =>
    void (counts[`peer ${kind}: ${what}`] = (counts[`peer ${kind}: ${what}`] ?? 0) + 1);
  const name = argv[1] as string;
  const found = (await modelsOf(name, files)).at(-1);
  if (found === undefined) return undefined;
  const { model, arrays = new Map<string, Float32Array>() } = found;
  const dims = Object.fromEntries(model.dims.map((dim) => [dim, 1 + random.int(4)]));
  if (isLarge(model, dims)) return count("too large");
  // An input of integers is cut to such by TensorFlow.js, and here it is for who calls the function to give them.
  const isWhole = kind === "model.json" && /"u?int\d/.test(new TextDecoder().decode(files[name] as Uint8Array));
  const inputs = [0, 1].map(() => {
    const sample = sampleInput(model, shapeSizes(model.inputShape, dims), false, random);
    return isWhole ? map(sample, Math.trunc) : sample;
  });
  const theirs = await peer(files, name, inputs);
  if (theirs === undefined) return count("refused");
  let sways: readonly Float64Array[];
  try {
    const layers = layersOfModel(model, arrays, dims);
    sways = inputs.map((input) => evaluate(layers, input, random).sway);
  } catch (error) {
    if (!(error instanceof NoFormula)) throw error;
    return count(`no formula for ${error.message}`);
  }
  const mode = { target: "typescript", unroll: random.pick(["auto", "none"] as const), inline: true } as const;
  const instance = await compile(model, arrays, mode);
  for (const [sample, { data }] of inputs.entries()) {
    const values = instance.forward(Float32Array.from(data), undefined, dims);
    const candidates = (theirs[sample] ?? []).filter(({ length }) => length === values.length);
    if (candidates.length === 0) return count("no output of this size");
    const isSame = candidates.some((candidate) =>
      values.every((value, at) => isNear(value, candidate[at] as number, sways[sample]?.[at] as number)),
    );
    if (isSame) continue;
    const shown = candidates.map((candidate) => `[${Array.from(candidate).slice(0, 8).join(", ")}]`).join(" or ");
    return `${name} [${data.slice(0, 12).join(", ")}]: [${values.slice(0, 8).join(", ")}], its own software has ${shown}`;
  }
  return count("compared");
}

function isNear(value: number, theirs: number, sway: number): boolean {
  if (Object.is(value, theirs) || value === theirs) return true;
  // Where float32 overflows between two layers, theirs is infinite or NaN.
  if (!Number.isFinite(theirs)) return true;
  return !(Math.abs(value - theirs) > tolerance * Math.max(1, Math.abs(theirs)) + swayOfPeers * sway);
}
