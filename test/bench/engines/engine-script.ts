import { weightKey, type WeightArrays } from "../../../src/ir/weight-arrays.ts";
import { planTiles } from "../../../src/passes/plan.ts";
import { checkSource } from "../../../src/stages/check-source.ts";
import { generateModules } from "../../../src/stages/generate-modules.ts";
import { lowerModel } from "../../../src/stages/lower-model.ts";
import { planModel, type PlannedModel, type TargetOptions } from "../../../src/stages/plan-model.ts";
import { measure } from "./measure.ts";
import { naiveForward } from "./naive-forward.ts";
import { networkSource, randomFloats, randomLayers, type LayerArrays, type Network } from "../network.ts";

/** How layerc's loops are generated for a contender; `tiled` for all dense layers in tiled loops. */
export type Form = Partial<Pick<TargetOptions, "unroll" | "engine">> | "tiled";

/** A script whose `run()` gives the nanoseconds per call of naive loops and of each form, as JSON. */
export async function engineScript(
  network: Network,
  forms: Readonly<Record<string, Form>>,
  options: {
    readonly weights: "inline" | "argument";
    readonly rounds: number;
    readonly milliseconds: number;
    readonly warmUp: number;
  },
): Promise<string> {
  const layers = randomLayers(network);
  const entries = await Promise.all(
    Object.entries(forms).map(async ([name, form]) => {
      const text = await moduleText(network, layers, form, options.weights);
      const weights = layers.map(
        ({ kernel, bias }, at) =>
          `${at === 0 ? "dense" : `dense_${at}`}: { kernel: ${floats(kernel)}, bias: ${floats(bias)} }`,
      );
      const made = options.weights === "inline" ? "net" : `createNet({ ${weights.join(", ")} })`;
      return [name, `(function () {\n${text.replaceAll(/^export /gm, "")}\nreturn ${made};\n})()`] as const;
    }),
  );
  const naive = layers.map(({ units, kernel, bias }, at) => {
    const { activation } = network.layers[at] as Network["layers"][number];
    return `{ units: ${units}, kernel: ${floats(kernel)}, bias: ${floats(bias)}, activation: "${activation}" }`;
  });
  const contenders = [["naive", `({ forward: naiveForward([${naive.join(", ")}]) })`] as const, ...entries];
  const inputs = Array.from({ length: pool }, (_, at) => floats(randomFloats(`input ${at}`, network.inputs, 1)));
  return [
    naiveForward.toString(),
    measure.toString(),
    `var contenders = [${contenders.map(([name, code]) => `[${JSON.stringify(name)}, ${code}]`).join(",\n")}];`,
    `var inputs = [${inputs.join(",\n")}];`,
    `function run() { return measure(contenders, inputs, ${network.layers.at(-1)?.units}, ${options.rounds}, ${options.milliseconds}, ${options.warmUp}); }`,
  ].join("\n");
}

/** A power of two. */
const pool = 16;

async function moduleText(
  network: Network,
  layers: readonly LayerArrays[],
  form: Form,
  weights: "inline" | "argument",
): Promise<string> {
  const { result } = await checkSource(networkSource(network));
  const [model] = result.models;
  if (model === undefined) throw new Error("the model has errors");
  const arrays: WeightArrays = new Map(
    layers.flatMap(({ kernel, bias = new Float32Array(0) }, at) => {
      const layer = at === 0 ? "dense" : `dense_${at}`;
      return [
        [weightKey([layer, "kernel"]), kernel],
        [weightKey([layer, "bias"]), bias],
      ] as const;
    }),
  );
  const binding = weights === "inline" ? ({ kind: "inline", arrays } as const) : ({ kind: "argument" } as const);
  const planned = await planForm(lowerModel({ model, binding }), form);
  const [generated] = await generateModules([planned], { emit: "js", sourceName: "net.layers", layout: false });
  return generated?.module.files[0]?.text ?? "";
}

async function planForm(lowered: Parameters<typeof planModel>[0], form: Form): Promise<PlannedModel> {
  if (form !== "tiled") return planModel(lowered, { target: "typescript", ...form });
  const planned = await planModel(lowered, { target: "typescript" });
  return { ...planned, plans: planTiles(lowered.graph.operations, "") };
}

function floats(values: Float32Array | undefined): string {
  return `new Float32Array([${(values ?? new Float32Array(0)).join(",")}])`;
}
