import type { Tensor } from "../../ir/graph.ts";
import { constant, local, mul, select, sub } from "../../ir/scalar.ts";
import { t, type Compared } from "../compared.ts";

/** Targets of -1 and 1. Where all of a batch are 0 or 1, each 0 is taken for -1, as in Keras; others stay as they are. */
export function hingeTargets({ graph, target }: Compared): Tensor {
  const [zero, one] = [constant(0), constant(1)];
  const between = select(t, "le", zero, zero, select(t, "ge", one, zero, one));
  const other = select(t, "lt", zero, one, select(t, "gt", one, one, between));
  const axes = target.shape.map((_, axis) => axis);
  const others = graph.reduce({ t: target }, other, { combine: "max", axes, samples: true });
  const signed = sub(mul(constant(2), t), one);
  return graph.map({ t: target, others }, select(local("others"), "gt", zero, t, signed));
}
