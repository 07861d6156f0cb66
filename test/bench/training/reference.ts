import { inputsOf, type Workload } from "../workload-files.ts";
import { labelsOf } from "./labels.ts";

/** A layer in float64: `kernel` is `[inputs, units]`; gradients of both arrays have their shapes. */
interface Layer {
  readonly inputs: number;
  readonly units: number;
  readonly arrays: readonly [kernel: Float64Array, bias: Float64Array];
  readonly gradients: readonly [kernel: Float64Array, bias: Float64Array];
}

/**
 * The loss of each batch before the step on it: relu, softmax with crossentropy, Adam. Keras adds epsilon to a root that has not
 * been corrected for its bias, others to one that has been.
 */
export function adamLosses(workload: Workload, epsilonIs: "Keras'" | "others'"): Float64Array {
  const layers = layersOf(workload);
  const moments = layers.map(({ arrays }) => arrays.map(({ length }) => [zeros(length), zeros(length)] as const));
  const { batch, outputs } = workload;
  return eachStep(workload, (samples, labels, step) => {
    let loss = 0;
    for (const { gradients } of layers) gradients.forEach((array) => array.fill(0));
    samples.forEach((sample, at) => {
      const values = forward(layers, sample);
      const logits = values.at(-1) as Float64Array;
      const largest = Math.max(...logits);
      const total = logits.reduce((sum, value) => sum + Math.exp(value - largest), 0);
      const label = labels[at] as number;
      loss -= ((logits[label] as number) - largest - Math.log(total)) / batch;
      const delta = logits.map((value, unit) => (Math.exp(value - largest) / total - (unit === label ? 1 : 0)) / batch);
      backward(layers, values, delta.slice(0, outputs));
    });
    const correction = Math.sqrt(1 - 0.999 ** step);
    const rate = (0.001 * correction) / (1 - 0.9 ** step);
    const epsilon = epsilonIs === "Keras'" ? 1e-7 : 1e-7 * correction;
    layers.forEach(({ arrays, gradients }, layer) =>
      arrays.forEach((weights, at) => {
        const [momentum, velocity] = moments[layer]![at]!;
        (gradients[at] as Float64Array).forEach((g, i) => {
          momentum[i]! += (g - momentum[i]!) * 0.1;
          velocity[i]! += (g * g - velocity[i]!) * 0.001;
          weights[i]! -= (rate * momentum[i]!) / (Math.sqrt(velocity[i]!) + epsilon);
        });
      }),
    );
    return [loss];
  });
}

/** What libraries do that train on one sample after the other. */
export interface OnlineRule {
  readonly rate: number;
  /** Of the last layer's output: the activation, and the derivative of the loss by what goes into it, for a target. */
  readonly output: (sum: number) => number;
  readonly delta: (output: number, target: number) => number;
  /** Whether a layer's weights change before the gradient goes through them. */
  readonly changesFirst: boolean;
  /** Adam as brain.js 1.6.1 computes it: biases move by the moments before the step. */
  readonly isAdam?: true;
}

/** The outputs for the last sample of each batch, before the network is trained on it: relu, plain gradient descent. */
export function onlineOutputs(workload: Workload, rule: OnlineRule): Float64Array {
  const layers = layersOf(workload);
  const plain = ({ arrays, gradients }: Layer): void =>
    arrays.forEach((weights, of) => gradients[of]?.forEach((g, i) => (weights[i]! -= rule.rate * g)));
  const adam = brainAdam(layers, rule.rate);
  return eachStep(workload, (samples, labels) => {
    let outputs = new Float64Array();
    samples.forEach((sample, at) => {
      const values = forward(layers, sample);
      outputs = (values.at(-1) as Float64Array).map(rule.output);
      const label = labels[at];
      const delta = outputs.map((output, unit) => rule.delta(output, unit === label ? 1 : 0));
      for (const { gradients } of layers) gradients.forEach((array) => array.fill(0));
      const descend = rule.isAdam === true ? adam : plain;
      backward(layers, values, delta, rule.changesFirst ? descend : undefined);
      if (!rule.changesFirst) layers.forEach(descend);
    });
    return outputs;
  });
}

/** A step of a layer; each is taken once a sample. */
function brainAdam(layers: readonly Layer[], rate: number): (layer: Layer) => void {
  const states = new Map(
    layers.map((layer) => [
      layer,
      { step: 0, moments: layer.arrays.map(({ length }) => [zeros(length), zeros(length)] as const) },
    ]),
  );
  return (layer) => {
    const state = states.get(layer)!;
    state.step += 1;
    const [first, second] = [1 - 0.9 ** state.step, 1 - 0.999 ** state.step];
    layer.arrays.forEach((weights, of) => {
      const [low, high] = state.moments[of]!;
      layer.gradients[of]?.forEach((g, i) => {
        const [before, beforeSquare] = [low[i]!, high[i]!];
        low[i] = 0.9 * before + 0.1 * g;
        high[i] = 0.999 * beforeSquare + 0.001 * g * g;
        const [m, v] = of === 0 ? [low[i]!, high[i]!] : [before, beforeSquare];
        weights[i]! -= (rate * (m / first)) / (Math.sqrt(v / second) + 1e-8);
      });
    });
  };
}

function layersOf({ layers }: Workload): readonly Layer[] {
  return layers.map(({ inputs, units, kernel, bias = new Float32Array(units) }) => ({
    inputs,
    units,
    arrays: [Float64Array.from(kernel), Float64Array.from(bias)],
    gradients: [zeros(inputs * units), zeros(units)],
  }));
}

/** Runs all steps of a workload, counted from 1, and joins what they give. */
function eachStep(
  workload: Workload,
  step: (samples: readonly Float32Array[], labels: Float32Array, step: number) => Iterable<number>,
): Float64Array {
  const labels = labelsOf(workload);
  const { batch, inputs, calls } = workload;
  const found: number[] = [];
  for (let at = 0; at < calls; at++) {
    const all = inputsOf(workload, at);
    const samples = Array.from({ length: batch }, (_, n) => all.subarray(n * inputs, (n + 1) * inputs));
    found.push(...step(samples, labels(at), at + 1));
  }
  return Float64Array.from(found);
}

/** What goes into each layer, then the last one's sums. */
function forward(layers: readonly Layer[], sample: ArrayLike<number>): readonly Float64Array[] {
  const values = [Float64Array.from(sample)];
  layers.forEach(({ inputs, units, arrays: [kernel, bias] }, at) => {
    const sums = bias.slice();
    for (let k = 0; k < inputs; k++) {
      const value = values[at]![k]!;
      for (let unit = 0; unit < units; unit++) sums[unit]! += value * kernel[k * units + unit]!;
    }
    values.push(at === layers.length - 1 ? sums : sums.map((sum) => Math.max(sum, 0)));
  });
  return values;
}

/** Adds the gradients of a sample, from the last layer to the first; `done` is called with a layer that has its own. */
function backward(
  layers: readonly Layer[],
  values: readonly Float64Array[],
  last: Float64Array,
  done?: (layer: Layer) => void,
): void {
  let delta = last;
  for (let at = layers.length - 1; at >= 0; at--) {
    const layer = layers[at] as Layer;
    const { inputs, units, arrays, gradients } = layer;
    const own = delta;
    const input = values[at] as Float64Array;
    own.forEach((d, unit) => (gradients[1][unit]! += d));
    for (let k = 0; k < inputs; k++) {
      const value = input[k]!;
      if (value === 0) continue;
      for (let unit = 0; unit < units; unit++) gradients[0][k * units + unit]! += value * own[unit]!;
    }
    done?.(layer);
    if (at === 0) continue;
    delta = zeros(inputs);
    for (let k = 0; k < inputs; k++) {
      if (input[k] === 0) continue;
      for (let unit = 0; unit < units; unit++) delta[k]! += own[unit]! * arrays[0][k * units + unit]!;
    }
  }
}

function zeros(length: number): Float64Array {
  return new Float64Array(length);
}
