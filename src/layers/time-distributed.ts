import { defineDiagnostic } from "../diagnostics/define.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { GraphBuilder } from "../ir/graph-builder.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import type { Size } from "../ir/size.ts";
import { layerCall } from "./arguments/layer-call.ts";
import { defineLayer } from "./define-layer.ts";
import type { LayerDefinition, LowerContext, WrappedLayer } from "./definition.ts";
import { rejected } from "./rejected.ts";
import { toSnakeCase } from "./snake-case.ts";
import { stepwiseGraph } from "./stepwise-graph.ts";
import { stepwiseTraining } from "./stepwise-training.ts";

export const timeDistributedRank = defineDiagnostic(
  "time-distributed-rank",
  "error",
  "The input of a TimeDistributed has no axis besides that of its steps.",
  (at: { title: string; input: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} needs steps of at least one axis, so an input of at least two, found ${formatShape(at.input)}`,
    related: at.related,
  }),
  () => ({
    meaning:
      "TimeDistributed applies a layer to each step along the first axis, so there must be an axis left for the layer.",
    example: {
      kind: "source",
      source: "model M { input [8] TimeDistributed(Dense(3)) }",
      mended: "model M { input [2, 4] TimeDistributed(Dense(3)) }",
    },
  }),
);

/**
 * A layer applied to each place along the first axis, with the same weights: `[steps, ...] -> [steps, ...]`. The weights are
 * the layer's, nested under its class in snake case (`dense/kernel`). `layers` are those it takes, itself among them.
 */
export function timeDistributed(layers: () => readonly LayerDefinition[]): LayerDefinition {
  return defineLayer({
    className: "TimeDistributed",
    doc: "Applies a layer, with the same weights, to each place along the first axis.",
    parameters: [{ name: "layer", type: layerCall(layers), doc: "The layer to apply, such as `Dense(3)`." }],
    meaning: ({ layer }) => ({ kind: "each-step", layer }),
    build({ config: { layer }, input, site }) {
      const [steps, ...step] = input;
      if (steps === undefined || step.length === 0) {
        const { title, related } = site;
        return rejected(timeDistributedRank(site.span, { title, input, related }));
      }
      const { definition, config, trainable = true } = layer;
      const title = `${definition.className} in ${site.title}`;
      const innerSite = { ...site, title, argument: () => site.argument("layer") };
      const result = definition.build({ config, input: step, site: innerSite });
      if (result.kind === "rejected") return result;
      const prefix = toSnakeCase(definition.className);
      const weights = result.weights.map((weight) => ({
        ...weight,
        name: `${prefix}/${weight.name}`,
        trainable: trainable && weight.trainable,
      }));
      const { warnings = [] } = result;
      return { kind: "built", outputShape: [steps, ...result.outputShape], weights, warnings };
    },
    lower(context) {
      const { definition } = context.config.layer;
      const graph = stepwiseGraph(context.graph, stepsOf(context));
      return { ...definition.lower(innerContext(context, graph)), shape: context.outputShape };
    },
    train(context) {
      const { config, outputShape, graph, isTraining, trainable, follow } = context;
      const { definition } = config.layer;
      const stepwise = stepwiseTraining(graph, stepsOf(context), follow);
      const inner = {
        ...innerContext(context, stepwise.graph),
        isTraining,
        trainable: trainable && config.layer.trainable !== false,
        ...stepwise,
      };
      // As in Keras, which calls the layer without gathering what its outputs add to the loss.
      const output = definition.train === undefined ? definition.lower(inner) : definition.train(inner);
      return { ...output, shape: outputShape };
    },
  });
}

type Context = LowerContext<{ readonly layer: WrappedLayer }>;

function stepsOf({ input }: Context): Size {
  return input.shape[0] as Size;
}

/** What the wrapped layer gets: shapes without the axis of the steps, and its weights under its own name. */
function innerContext({ config: { layer }, input, outputShape, weight, constant }: Context, graph: GraphBuilder) {
  const { definition, config } = layer;
  const prefix = toSnakeCase(definition.className);
  return {
    config,
    input: { ...input, shape: input.shape.slice(1) },
    outputShape: outputShape.slice(1),
    weight: (name: string) => weight(`${prefix}/${name}`),
    constant: (name: string, shape: readonly number[], values: readonly number[]) =>
      constant(`${prefix}/${name}`, shape, values),
    graph,
  } satisfies LowerContext;
}
