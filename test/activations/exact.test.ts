import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  absolute,
  errorFunctionComplement,
  exact,
  exponential,
  float32Error,
  hyperbolicTangent,
  least,
  logarithm,
  most,
  one,
  over,
  pi,
  squareRoot,
  times,
  type Exact,
} from "./exact-numbers.ts";
import { elementwiseFunction } from "./run-generated.ts";

const zero: Exact = 0n;
const whole = (n: number): Exact => exact(n);
const clip = (x: Exact, low: Exact, high: Exact): Exact => most(low, least(x, high));
const sigmoid = (x: Exact): Exact => over(one, one + exponential(-x));
const softplus = (x: Exact): Exact => (x > whole(300) ? x : logarithm(one + exponential(x)));
const expm1 = (x: Exact): Exact => exponential(x) - one;
const elu = (x: Exact, alpha: number): Exact => (x > zero ? x : times(exact(alpha), expm1(x)));

/** The definitions, in real numbers. */
const definitions: Readonly<Record<string, (x: Exact) => Exact>> = {
  linear: (x) => x,
  relu: (x) => most(x, zero),
  "relu(0.1, 4, 0.5)": (x) => (x > exact(0.5) ? clip(x, zero, whole(4)) : times(exact(0.1), x - exact(0.5))),
  "relu(0.25, none, -2)": (x) => (x > whole(-2) ? x : times(exact(0.25), x + whole(2))),
  "relu(max_value=3, threshold=-1)": (x) => (x > -one ? clip(x, zero, whole(3)) : zero),
  relu6: (x) => clip(x, zero, whole(6)),
  leaky_relu: (x) => (x < zero ? times(exact(0.2), x) : x),
  elu: (x) => elu(x, 1),
  "elu(0.3)": (x) => elu(x, 0.3),
  "elu(-2)": (x) => elu(x, -2),
  "celu(-0.5)": (x) => most(x, zero) - times(exact(0.5), expm1(2n * -least(x, zero))),
  celu: (x) => elu(x, 1),
  "celu(1.5)": (x) => (x > zero ? x : times(exact(1.5), expm1(over(x, exact(1.5))))),
  selu: (x) => times(exact(1.0507009873554805), elu(x, 1.6732632423543772)),
  gelu: (x) => times(x, errorFunctionComplement(over(-x, squareRoot(whole(2))))) / 2n,
  "gelu(approximate=true)": (x) => {
    const u = times(squareRoot(over(whole(2), pi)), x + times(exact(0.044715), times(x, times(x, x))));
    return times(x, sigmoid(2n * u));
  },
  silu: (x) => times(x, sigmoid(x)),
  hard_silu: (x) => times(x, clip(x + whole(3), zero, whole(6))) / 6n,
  mish: (x) => times(x, hyperbolicTangent(softplus(x))),
  softplus,
  squareplus: (x) => (x + squareRoot(times(x, x) + whole(4))) / 2n,
  "squareplus(0.01)": (x) => (x + squareRoot(times(x, x) + exact(0.01))) / 2n,
  "squareplus(0)": (x) => most(x, zero),
  sparse_plus: (x) => (x <= -one ? zero : x < one ? times(x + one, x + one) / 4n : x),
  sigmoid,
  hard_sigmoid: (x) => clip(x + whole(3), zero, whole(6)) / 6n,
  sparse_sigmoid: (x) => clip((x + one) / 2n, zero, one),
  log_sigmoid: (x) => -softplus(-x),
  tanh: hyperbolicTangent,
  hard_tanh: (x) => clip(x, -one, one),
  softsign: (x) => over(x, one + absolute(x)),
  exponential,
  hard_shrink: (x) => (absolute(x) > exact(0.5) ? x : zero),
  "soft_shrink(0.3)": (x) => (x > exact(0.3) ? x - exact(0.3) : x < exact(-0.3) ? x + exact(0.3) : zero),
  "soft_shrink(-0.3)": (x) => (x > exact(-0.3) ? x + exact(0.3) : x < exact(0.3) ? x - exact(0.3) : zero),
  "hard_shrink(-1)": (x) => x,
  tanh_shrink: (x) => x - hyperbolicTangent(x),
  "threshold(0.25, -3)": (x) => (x > exact(0.25) ? x : whole(-3)),
};

/** Numbers of every magnitude, and more of those where the functions bend. */
const argument = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.float({ noNaN: true, min: Math.fround(-110), max: Math.fround(110) }),
  fc.integer({ min: -(2 ** 24), max: 2 ** 24 }).map((n) => Math.fround((n / 2 ** 24) * 8)),
  fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.integer({ min: -44, max: 6 })).map(([x, k]) => x * 2 ** k),
  fc.constantFrom(
    0,
    1,
    -1,
    3,
    -3,
    6,
    0.5,
    -0.5,
    88.72284,
    88.7229,
    -103.97,
    -103.98,
    0.01,
    -0.01,
    2 ** -149,
    -(2 ** -126),
  ),
);

describe("within half a unit in the last place of a float32 of the exact value", () => {
  test.each(Object.entries(definitions))("%s", async (call, definition) => {
    const apply = await elementwiseFunction(`Activation(${call})`);
    fc.assert(
      fc.property(fc.array(argument.map(Math.fround), { minLength: 8, maxLength: 8 }), (values) => {
        const found = apply(values);
        for (const [at, value] of values.entries()) {
          const error = float32Error(found[at] as number, definition(exact(value)));
          // Half a unit is what the rounding to float32 costs; the rest is the arithmetic in float64.
          if (error > 0.5001) expect.fail(`${call} of ${value} is ${found[at]}, ${error} units off`);
        }
      }),
      { numRuns: 60 },
    );
  });
});
