import type { Tensor } from "../../ir/graph.ts";
import { constant, local, mul, type Scalar } from "../../ir/scalar.ts";
import { inverseLength } from "../../layers/keras-objects/inverse-length.ts";
import { p, shapeAxis, t, type Compared } from "../compared.ts";

/** The cosine of the angle between target and prediction along an axis; lengths are at least Keras' epsilon. */
export function cosineAlong(compared: Compared, axis: number, sign: 1 | -1): Tensor {
  const { graph, target, prediction } = compared;
  const axes = [shapeAxis(axis, compared)];
  const squares = (value: Tensor): Tensor => {
    const x = local("x");
    return graph.reduce({ x: value }, mul(x, x), { combine: "sum", axes, keep: true });
  };
  const unit = (value: Scalar, square: string): Scalar => mul(value, inverseLength(local(square)));
  const product = mul(unit(t, "ofTarget"), unit(p, "ofPrediction"));
  return graph.reduce(
    { t: target, p: prediction, ofTarget: squares(target), ofPrediction: squares(prediction) },
    sign === 1 ? product : mul(constant(-1), product),
    { combine: "sum", axes },
  );
}
