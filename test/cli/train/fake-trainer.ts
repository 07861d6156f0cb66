import type { Model } from "../../../src/check/model.ts";
import { writeSafetensors } from "../../../src/files/write-safetensors.ts";
import type { CompileTrainer } from "../../../src/fit/compile-trainer.ts";
import type { Results, Trainer, TrainerOptions, TrainerState } from "../../../src/fit/loop/trainer.ts";

const layerOf = ({ layers }: Model): string => layers[0]?.name ?? "dense";

/** What tests change of a trainer. */
export type Changes = (trainer: Trainer) => Partial<Trainer>;

/**
 * A trainer of one Dense with softmax, written by hand: sparse categorical crossentropy, momentum, and noise on the gradient
 * of a seeded generator, so that a step depends on arrays of all types. The kernel has a mask.
 */
export function fakeCompile(changes: Changes = () => ({}), fingerprint = "0badcafe"): CompileTrainer {
  return async (model) => ({
    value: {
      target: "typescript",
      fingerprint,
      slots: [
        {
          name: `optimizer/${layerOf(model)}/kernel/momentum`,
          weight: `${layerOf(model)}/kernel`,
          initial: 0,
        },
      ],
      create(options) {
        const trainer = createTrainer(model, options);
        return Object.defineProperties(trainer, Object.getOwnPropertyDescriptors(changes({ ...trainer }))) as Trainer;
      },
    },
    diagnostics: [],
  });
}

function createTrainer(model: Model, { seed = 0, weights, learningRate = 0.1 }: TrainerOptions): Trainer {
  const inputs = model.inputShape[0]?.factor ?? 1;
  const units = model.outputShape[0]?.factor ?? 1;
  const layer = layerOf(model);
  const given = (weights as Record<string, { kernel: Float32Array; bias: Float32Array }> | undefined)?.[layer];
  const generator = Uint32Array.of(seed + 1);
  const random = (): number => {
    generator[0] = Math.imul(generator[0] as number, 1664525) + 1013904223;
    return (generator[0] as number) / 2 ** 32 - 0.5;
  };
  const kernel = Float64Array.from(
    given?.kernel ?? { length: inputs * units },
    (value: number | undefined) => value ?? random(),
  );
  const bias = Float64Array.from(given?.bias ?? { length: units }, (value: number | undefined) => value ?? 0);
  const momentum = new Float64Array(inputs * units);
  const mask = new Float64Array(inputs * units).fill(1);
  const arrays = {
    [`weights/${layer}/kernel`]: kernel,
    [`weights/${layer}/bias`]: bias,
    [`optimizer/${layer}/kernel/momentum`]: momentum,
    [`masks/${layer}/kernel`]: mask,
    generator,
    unused: Float32Array.of(0.1, -0),
  };
  const sums = { loss: 0, right: 0, weight: 0, samples: 0, iterations: 0 };

  /** Probabilities of each class; counts loss and accuracy of all samples. */
  const forward = (
    x: ArrayLike<number>,
    y: ArrayLike<number>,
    sampleWeights: ArrayLike<number> | undefined,
  ): { readonly chances: Float64Array; readonly loss: number } => {
    const chances = new Float64Array(y.length * units);
    let loss = 0;
    let weightSum = 0;
    for (let row = 0; row < y.length; row++) {
      const part = chances.subarray(row * units, (row + 1) * units);
      for (let unit = 0; unit < units; unit++) {
        let sum = bias[unit] as number;
        for (let at = 0; at < inputs; at++)
          sum += (x[row * inputs + at] as number) * (kernel[at * units + unit] as number);
        part[unit] = sum;
      }
      const most = Math.max(...part);
      for (let unit = 0; unit < units; unit++) part[unit] = Math.exp((part[unit] as number) - most);
      const total = part.reduce((a, b) => a + b, 0);
      for (let unit = 0; unit < units; unit++) part[unit] = (part[unit] as number) / total;
      const target = y[row] as number;
      const weight = sampleWeights?.[row] ?? 1;
      loss -= weight * Math.log(Math.max(part[target] as number, 1e-7));
      weightSum += weight;
      sums.right += part.indexOf(Math.max(...part)) === target ? 1 : 0;
    }
    sums.loss += loss;
    sums.weight += y.length;
    sums.samples += y.length;
    return { chances, loss: loss / y.length };
  };

  return {
    weights: { [layer]: { kernel, bias } },
    step(x, y, sampleWeights) {
      const { chances, loss } = forward(x, y, sampleWeights);
      const gradient = new Float64Array(inputs * units);
      for (let row = 0; row < y.length; row++) {
        for (let unit = 0; unit < units; unit++) {
          const difference =
            ((chances[row * units + unit] as number) - (y[row] === unit ? 1 : 0)) * (sampleWeights?.[row] ?? 1);
          for (let at = 0; at < inputs; at++) {
            const place = at * units + unit;
            gradient[place] = (gradient[place] as number) + (difference * (x[row * inputs + at] as number)) / y.length;
          }
          bias[unit] = (bias[unit] as number) - (learningRate * difference) / y.length;
        }
      }
      for (let at = 0; at < gradient.length; at++) {
        const noisy = (gradient[at] as number) + 0.01 * random();
        momentum[at] = 0.9 * (momentum[at] as number) + noisy * (mask[at] as number);
        kernel[at] = (kernel[at] as number) - learningRate * 0.1 * (momentum[at] as number);
      }
      sums.iterations += 1;
      return loss;
    },
    observe: (x, y, sampleWeights) => void forward(x, y, sampleWeights),
    results: (): Results => ({ loss: sums.loss / sums.weight, accuracy: sums.right / sums.samples }),
    resetResults: () => void Object.assign(sums, { loss: 0, right: 0, weight: 0, samples: 0 }),
    get learningRate() {
      return learningRate;
    },
    set learningRate(rate) {
      learningRate = rate;
    },
    state: (): TrainerState => ({ model: model.name, arrays: structuredClone(arrays), numbers: { ...sums } }),
    restore(state) {
      if (state.model !== model.name) throw new TypeError(`a state of ${state.model}, expected one of ${model.name}`);
      for (const [name, array] of Object.entries(arrays)) array.set(state.arrays[name] as never);
      Object.assign(sums, state.numbers);
    },
    writeWeights: () =>
      writeSafetensors([
        { name: `${layer}.kernel`, shape: [inputs, units], data: Float32Array.from(kernel) },
        { name: `${layer}.bias`, shape: [units], data: Float32Array.from(bias) },
      ]),
  };
}
