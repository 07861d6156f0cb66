import type { CheckedLayer } from "../../check/semantics/checked-step.ts";
import { formatCount } from "../../diagnostics/format-count.ts";
import { product } from "../../ir/product.ts";
import { formatShape } from "../../ir/shape.ts";
import type { Size } from "../../ir/size.ts";
import { isActivation, isWrappedLayer } from "../../layers/config-values.ts";
import type { LayerConfig, LayerDefinition } from "../../layers/definition.ts";
import { formatMemorySize } from "../../summary/memory-size.ts";
import { writeConfigValue } from "./call-signature.ts";
import type { Folding } from "./folded-layers.ts";
import { graphOf, graphWork } from "./layer-graph.ts";
import { inlineCode } from "./markdown.ts";
import { formatTerms } from "./sizes.ts";

const bytesPerParameter = 4;

/** What a layer computes from its arguments: its formula and those of its activation. Empty for a layer that moves values only. */
export function layerFormulas(definition: LayerDefinition, config: LayerConfig): readonly string[] {
  const meaning = definition.meaning?.(config);
  if (meaning?.kind === "activation") return [activationFormula(meaning.activation)];
  if (meaning?.kind === "identity") return ["x"];
  const wrapped = config["layer"];
  if (isWrappedLayer(wrapped)) return layerFormulas(wrapped.definition, wrapped.config);
  const own = definition.formula?.(config);
  if (own === undefined) return [];
  const { activation } = config;
  if (!isActivation(activation) || activation.definition.name === "linear") return [own];
  return [own, `${activation.definition.name}: ${activationFormula(activation)}`];
}

function activationFormula({
  definition,
  args,
}: Extract<LayerConfig[string], { readonly kind: "activation" }>): string {
  return definition.formula(args);
}

/** Shapes, weights and costs of a layer in one expansion, a line of Markdown each. */
export function layerFacts(step: CheckedLayer): readonly string[] {
  const { inputShape, outputShape, weights, isLikely, trainable: isTrained } = step;
  const shapes = [inputShape, outputShape].map((shape) => (shape === undefined ? "?" : formatShape(shape)));
  const lines = [
    `shape: ${inlineCode(shapes.join(" -> "))}${isLikely ? ", if the errors before are none of shapes" : ""}`,
  ];
  if (weights === undefined) return lines;
  const count = weights.reduce((sum, { shape }) => sum + product(shape), 0);
  if (weights.length > 0) {
    const listed = weights.map(({ name, shape }) => inlineCode(`${name} [${shape.join(", ")}]`));
    lines.push(`weights: ${listed.join(", ")}`);
    const fixed = weights
      .filter(({ trainable }) => !isTrained || !trainable)
      .reduce((sum, { shape }) => sum + product(shape), 0);
    const not = fixed === 0 ? "" : `, ${formatCount(fixed)} of them not trainable`;
    lines.push(`parameters: ${formatCount(count)}${not}; ${formatMemorySize(count * bytesPerParameter)}`);
  }
  const work = layerWork(step);
  if (work !== undefined) lines.push(`multiply-adds: ${formatTerms(work)}`);
  return lines;
}

/** What becomes of a layer in the generated module, a line of Markdown each. */
export function foldingFacts({ fate, takes }: Folding): readonly string[] {
  const lines: string[] = [];
  if (fate?.kind === "no-effect") lines.push("generated code: none, it changes no value in the forward function");
  if (fate?.kind === "folded")
    lines.push(`generated code: none, it is folded into the weights of ${inlineCode(fate.into)}`);
  if (fate?.kind === "inside") lines.push(`generated code: computed in the loop of ${inlineCode(fate.into)}`);
  if (takes.length > 0) lines.push(`folded into its weights: ${takes.map(inlineCode).join(", ")}`);
  return lines;
}

/** Multiply-adds for one sample; undefined where a shape is not known. */
function layerWork(step: CheckedLayer): readonly Size[] | undefined {
  const { inputShape, outputShape, weights, definition, config, statement, name = "layer" } = step;
  if (inputShape === undefined || outputShape === undefined || weights === undefined) return undefined;
  const base = { kind: "layer", name, named: true, trainable: true, span: statement.span } as const;
  return graphWork(graphOf([{ ...base, definition, config, weights, inputShape, outputShape }], inputShape));
}

/** A layer with the arguments that differ from their defaults: `Dense(64, activation=relu)`. */
export function writeLayer({ definition, config, trainable }: CheckedLayer): string {
  return writeConfigValue({ kind: "layer", definition, config, ...(trainable ? {} : { trainable }) });
}
