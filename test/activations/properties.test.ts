import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { denseFunction, elementwiseFunction } from "./run-generated.ts";

type Apply = (values: ArrayLike<number>) => Float32Array;

const apply = (activation: string): Promise<Apply> => elementwiseFunction(`Activation(${activation})`);
const finite = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.float({ noNaN: true, min: -20, max: 20 }),
);
const numbers = fc.array(finite, { minLength: 32, maxLength: 32 });

/** Every activation with default arguments, and with others. */
const all = [
  ["linear", "relu", "relu6", "leaky_relu", "elu", "celu", "selu", "gelu", "silu", "hard_silu", "mish", "softplus"],
  ["squareplus", "sparse_plus", "sigmoid", "hard_sigmoid", "sparse_sigmoid", "log_sigmoid", "tanh", "hard_tanh"],
  ["softsign", "exponential", "hard_shrink", "soft_shrink", "tanh_shrink", "threshold(0.5, -1)"],
  ["relu(0.1, 4, 0.5)", "gelu(true)", "celu(2)", "elu(0.5)", "squareplus(0)", "squareplus(1e30)", "elu(0)"],
].flat();

const monotone = all.filter(
  (name) => !/^(gelu|silu|hard_silu|mish)\b|^relu\(|^threshold/.test(name) && name !== "elu(0)",
);

describe("values rise with their arguments", () => {
  test.each(monotone)("%s", async (name) => {
    const run = await apply(name);
    fc.assert(
      fc.property(numbers, (values) => {
        const found = run(values.toSorted((a, b) => a - b));
        const falls = [...found].filter((value, at) => at > 0 && !(value >= (found[at - 1] as number)));
        expect(falls).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("odd functions", () => {
  test.each(["linear", "tanh", "hard_tanh", "softsign", "tanh_shrink", "hard_shrink", "soft_shrink"])(
    "%s",
    async (name) => {
      const run = await apply(name);
      fc.assert(
        fc.property(numbers, (values) => {
          const mirrored = run(values.map((value) => -value));
          // + 0: the sign of a zero is no matter here.
          expect(run(values).map((value) => value + 0)).toEqual(mirrored.map((value) => -value + 0));
        }),
      );
    },
  );
});

describe("values of x and -x", () => {
  /** Checks a relation between `f(x)`, `f(-x)` and `x`, up to the rounding to float32. */
  const related = (name: string, relation: (above: number, below: number, x: number) => readonly [number, number]) =>
    test(name, async () => {
      const run = await apply(name);
      fc.assert(
        fc.property(numbers, (values) => {
          const above = run(values);
          const below = run(values.map((value) => -value));
          const unrelated = values.filter((x, at) => {
            const [a, b] = relation(above[at] as number, below[at] as number, x);
            return !(Math.abs(a - b) <= 2e-7 * Math.max(1, Math.abs(x)));
          });
          expect(unrelated).toEqual([]);
        }),
      );
    });
  for (const name of ["sigmoid", "hard_sigmoid", "sparse_sigmoid"]) {
    related(name, (above, below) => [above + below, 1]);
  }
  for (const name of ["softplus", "squareplus", "sparse_plus", "log_sigmoid", "relu"]) {
    related(name, (above, below, x) => [above - below, x]);
  }
  for (const name of ["gelu", "gelu(true)", "silu", "hard_silu"])
    related(name, (above, below, x) => [above - below, x]);
});

describe("bounds", () => {
  test.each([
    ["sigmoid", 0, 1],
    ["hard_sigmoid", 0, 1],
    ["sparse_sigmoid", 0, 1],
    ["tanh", -1, 1],
    ["hard_tanh", -1, 1],
    ["softsign", -1, 1],
    ["relu6", 0, 6],
    ["relu", 0, Infinity],
    ["softplus", 0, Infinity],
    ["squareplus", 0, Infinity],
    ["exponential", 0, Infinity],
    ["log_sigmoid", -Infinity, 0],
    ["elu", -1, Infinity],
    ["selu", -1.7580994, Infinity],
    ["gelu", -0.17, Infinity],
    ["silu", -0.2785, Infinity],
    ["mish", -0.3089, Infinity],
    ["hard_silu", -0.3751, Infinity],
  ])("%s lies between %d and %d", async (name, low, high) => {
    const run = await apply(name);
    fc.assert(
      fc.property(numbers, (values) => {
        const outside = [...run(values)].filter((found) => !(found >= low && found <= high));
        expect(outside).toEqual([]);
      }),
    );
  });
});

describe("two ways of writing one function", () => {
  const same = async (left: Promise<Apply>, right: Promise<Apply>) => {
    const [a, b] = await Promise.all([left, right]);
    const values = fc.array(fc.float(), { minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(values, (list) => {
        expect(a(list)).toEqual(b(list));
      }),
      { numRuns: 50 },
    );
  };
  test.each([
    ["swish", "silu"],
    ["hard_swish", "hard_silu"],
    ["relu6", "relu(max_value=6)"],
    ["leaky_relu(0.25)", "relu(0.25)"],
    ["threshold(0, 0)", "relu(threshold=0)"],
    ["soft_shrink(0)", "linear"],
    ["hard_shrink(0)", "linear"],
    ["none", "linear"],
  ])("%s is %s", async (left, right) => {
    const withoutNan = left.startsWith("soft_shrink");
    const zeroSign =
      (run: Apply): Apply =>
      (values) =>
        run(values).map((value) => (withoutNan && Number.isNaN(value) ? 0 : value) + 0);
    const list = (name: string) => apply(name).then(zeroSign);
    if (!withoutNan) return same(list(left), list(right));
    const [a, b] = await Promise.all([list(left), list(right)]);
    fc.assert(
      fc.property(numbers, (values) => {
        expect(a(values)).toEqual(b(values));
      }),
    );
  });
  test.each([
    ["LeakyReLU()", "leaky_relu(0.3)"],
    ["LeakyReLU(0.05)", "leaky_relu(0.05)"],
    ["ELU()", "elu"],
    ["ELU(0.5)", "elu(0.5)"],
    ["ReLU(6, 0.1, 1)", "relu(0.1, 6, 1)"],
  ])("%s is the activation %s", (layer, activation) => same(elementwiseFunction(layer), apply(activation)));
  test.each(
    [
      ["Dropout(0.5)", "AlphaDropout(0.1)", "GaussianNoise(0.3)", "GaussianDropout(0.2, seed=1)"],
      ["ActivityRegularization(0.1, l2=0.2)", "Identity()"],
    ].flat(),
  )("%s passes its input through", (layer) => same(elementwiseFunction(layer), apply("linear")));
});

describe("at the edges", () => {
  const special = [NaN, Infinity, -Infinity];
  /** Everything else: NaN stays NaN and an infinity gives no NaN. */
  const nanAt: Readonly<Record<string, readonly number[]>> = {
    softsign: [NaN, Infinity, -Infinity],
    soft_shrink: [],
    squareplus: [NaN, -Infinity],
    "squareplus(0)": [NaN, -Infinity],
    "squareplus(1e30)": [NaN, -Infinity],
    gelu: [NaN, -Infinity],
    "gelu(true)": [NaN, -Infinity],
    silu: [NaN, -Infinity],
    hard_silu: [NaN, -Infinity],
    mish: [NaN, -Infinity],
  };
  test.each(all)("%s gives NaN just where Keras does", async (name) => {
    const found = (await apply(name))(special);
    expect(special.filter((_, at) => Number.isNaN(found[at]))).toEqual(nanAt[name] ?? [NaN]);
  });

  test.each(all)("%s gives a finite number for every finite one whose value float32 holds", async (name) => {
    const run = await apply(name);
    const large = [3.4028234663852886e38, 1e30, 1e20, 1e10, 1e5, 800, 80].flatMap((x) => [x, -x]);
    const overflows = (x: number) => (name === "exponential" && x > 88) || (name === "selu" && x > 3.3e38);
    const found = run(large);
    expect(large.filter((x, at) => !Number.isFinite(found[at]) !== overflows(x))).toEqual([]);
  });

  test.each(all)("%s is the same inside a Dense, for numbers beyond float32 too", async (name) => {
    const [inside, outside] = await Promise.all([denseFunction(name), apply(name)]);
    fc.assert(
      fc.property(numbers, (values) => {
        // A sum that starts at 0 has no -0.
        const positive = values.map((value) => value + 0);
        expect(inside(positive)).toEqual(outside(positive));
      }),
      { numRuns: 20 },
    );
  });

  test.each(all)("%s survives a float64 that only a sum can reach", async (name) => {
    const run = await elementwiseFunction(`Rescaling(1e150) Activation(${name}) Rescaling(1e-150)`);
    const found = run([1e30, -1e30]);
    expect(found.filter(Number.isNaN)).toEqual(new Float32Array());
  });
});
