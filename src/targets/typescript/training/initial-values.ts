import type { InitialValues } from "../../../gradients/initial-values.ts";
import { code, trustedText, type Code, type Identifier } from "../code.ts";
import { float64Literal } from "../numbers.ts";
import type { Support } from "../support-function.ts";

/** The statement that gives an array of `count` elements what it begins with. */
export function initialValuesCode(initial: InitialValues, array: Identifier, count: number, support: Support): Code {
  const seed = "seed" in initial ? initial.seed : undefined;
  const random = seed === undefined ? code`random` : code`${support("createRandom")}(${literal(seed)})`;
  switch (initial.kind) {
    case "constant":
      return code`${array}.fill(${literal(initial.value)});`;
    case "uniform":
      return code`${support("fillUniform")}(${random}, ${array}, ${literal(initial.low)}, ${literal(initial.high)}, ${count});`;
    case "normal":
      return code`${support("fillNormal")}(${random}, ${array}, ${literal(initial.mean)}, ${literal(initial.deviation)}, ${count});`;
    case "truncated-normal":
      return code`${support("fillTruncatedNormal")}(${random}, ${array}, ${literal(initial.mean)}, ${literal(initial.deviation)}, ${count});`;
    case "orthogonal":
      return code`${support("fillOrthogonal")}(${random}, ${array}, ${initial.rows}, ${initial.columns}, ${literal(initial.gain)});`;
    case "identity":
      return code`for (let i = 0; i < ${initial.size}; i++) ${array}[i * ${initial.columns + 1}] = ${literal(initial.gain)};`;
  }
}

function literal(value: number): Code {
  return trustedText(float64Literal(value));
}
