import type { Tensor } from "../ir/graph.ts";
import { add, constant, div, local, max, mul, sqrt, sub, x } from "../ir/scalar.ts";
import { staticSize } from "../ir/size.ts";
import { acceptedAxes } from "./axis.ts";
import type { Moved, TrainContext } from "./definition.ts";

/** What BatchNormalization is told. */
interface BatchConfig {
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly renorm: boolean;
  readonly renorm_momentum: number;
}

/**
 * Batch normalization by the mean and the variance of the batch itself, whose own follow them:
 * `gamma * (x - mean) / sqrt(variance + epsilon) + beta`. The variance is that of the batch as a population.
 */
export function normalizeByBatch(context: TrainContext<BatchConfig>): Tensor {
  const { config, input, graph, weight, follow } = context;
  const { momentum, epsilon, renorm } = config;
  const rank = input.shape.length;
  const [channel = 0] = acceptedAxes(config.axis, rank);
  const axes = input.shape.flatMap((_, axis) => (axis === channel ? [] : [axis]));
  const overBatch = { combine: "mean", axes, samples: true, keep: true } as const;
  const mean = graph.reduce({ x: input }, x, overBatch);
  const difference = sub(x, local("mean"));
  // A mean that moves along with its elements does not change the sum of squares.
  const still = graph.stopGradient(mean);
  const variance = graph.reduce({ x: input, mean: still }, mul(difference, difference), overBatch);

  const { shape } = weight("moving_mean");
  const statistic = (value: Tensor): Tensor => graph.reshape(value, shape.map(staticSize));
  const wide = (value: Tensor): Tensor =>
    graph.reshape(value, [...shape.map(staticSize), ...input.shape.slice(channel + 1).map(() => staticSize(1))]);
  const move = (name: string, kept: number, value: Tensor): Moved => {
    const share = mul(constant(1 - kept), local("value"));
    return follow(weight(name), kept, graph.map({ value: statistic(value) }, share));
  };
  const gamma = config.scale ? { gamma: wide(graph.variable(weight("gamma"))) } : {};
  const beta = config.center ? { beta: wide(graph.variable(weight("beta"))) } : {};
  const deviation = sqrt(add(local("variance"), constant(epsilon)));
  const scale = config.scale ? local("gamma") : constant(1);
  move("moving_mean", momentum, mean);
  if (!renorm) {
    move("moving_variance", momentum, variance);
    const factor = graph.map({ variance, ...gamma }, div(scale, deviation));
    const scaled = mul(difference, local("factor"));
    return graph.map({ x: input, mean, factor, ...beta }, config.center ? add(scaled, local("beta")) : scaled);
  }

  const stddev = graph.map({ variance }, deviation);
  const renormMean = wide(move("renorm_mean", config.renorm_momentum, mean).before());
  const renormStddev = wide(move("renorm_stddev", config.renorm_momentum, stddev).before());
  const { after } = move("moving_stddev", momentum, stddev);
  const square = sub(mul(local("after"), local("after")), constant(epsilon));
  graph.move(weight("moving_variance"), graph.map({ after }, max(square, constant(0))));
  // How far the batch lies from the statistics: numbers, through which no gradient flows (Ioffe, 2017).
  const least = max(local("renormStddev"), constant(Math.sqrt(epsilon)));
  const ratio = graph.stopGradient(graph.map({ stddev, renormStddev }, div(local("stddev"), least)));
  const shift = graph.stopGradient(
    graph.map({ mean, renormMean, renormStddev }, div(sub(local("mean"), local("renormMean")), least)),
  );
  const factor = graph.map({ variance, ratio, ...gamma }, div(mul(local("ratio"), scale), deviation));
  const offset = graph.map({ shift, ...gamma }, mul(local("shift"), scale));
  const shifted = add(mul(difference, local("factor")), local("offset"));
  const operands = { x: input, mean, factor, offset, ...beta };
  return graph.map(operands, config.center ? add(shifted, local("beta")) : shifted);
}
