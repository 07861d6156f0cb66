import type { EinsumAxis } from "../../../ir/graph.ts";
import type { Shape } from "../../../ir/shape.ts";
import { staticSize, type Size } from "../../../ir/size.ts";
import { string } from "../onnx-model.ts";
import { underShape } from "../view.ts";
import type { Emit } from "./emit.ts";

/** ONNX' own Einsum, its terms read off the strides of the axes; the batch axis is `Z`. */
export const einsum: Emit<"einsum"> = ({ axes, kernel, bias, output }, { tensor, writer, graphInput }) => {
  const named = axes.map((axis, at) => ({ ...axis, letter: String.fromCharCode(97 + at) }));
  const inputAxes = axesOf(named, ({ input }) => input);
  const kernelAxes = axesOf(named, (axis) => staticSize(axis.kernel));
  const biasAxes = axesOf(named, (axis) => staticSize(axis.bias));
  const outputAxes = axesOf(named, (axis) => axis.output);

  const x = underShape(tensor, sizes(inputAxes), writer, graphInput);
  const equation = `Z${letters(inputAxes)},${letters(kernelAxes)}->Z${letters(outputAxes)}`;
  const inputs = [x, writer.weight(kernel, extents(kernelAxes))];
  const product = writer.node("Einsum", inputs, { equation: string(equation) });
  const shaped = { name: product, shape: sizes(outputAxes) };
  if (bias !== undefined) {
    const broadcast = outputAxes.map((axis) => (biasAxes.includes(axis) ? axis.size.factor : 1));
    shaped.name = writer.node("Add", [product, writer.weight(bias, broadcast)]);
  }
  return underShape(shaped, output.shape, writer, graphInput);
};

type NamedAxis = EinsumAxis & { readonly letter: string };

/** The axes that an array has, outermost first. */
function axesOf(axes: readonly NamedAxis[], stride: (axis: NamedAxis) => Size): readonly NamedAxis[] {
  return axes.filter((axis) => stride(axis).factor !== 0).sort((a, b) => compare(stride(b), stride(a)));
}

/** An outer stride is an inner one times sizes: it has more run-time dims, or a larger factor. */
function compare(a: Size, b: Size): number {
  return a.dims.length - b.dims.length || a.factor - b.factor;
}

function letters(axes: readonly NamedAxis[]): string {
  return axes.map(({ letter }) => letter).join("");
}

function sizes(axes: readonly NamedAxis[]): Shape {
  return axes.map(({ size }) => size);
}

function extents(axes: readonly NamedAxis[]): readonly number[] {
  return axes.map(({ size }) => size.factor);
}
