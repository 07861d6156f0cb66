import { capitalized } from "../../diagnostics/capitalized.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { ownValue, type JsonObject } from "../../files/json.ts";
import { product } from "../../ir/product.ts";
import { inputReader, numberReader } from "./cell-reader.ts";
import { flatten, type FlattenFault } from "./flatten.ts";
import { placeInJson } from "./json-place.ts";
import { layoutOf } from "./layout-of.ts";
import type { ObjectRows } from "./object-rows.ts";
import type { FaultPlace } from "./problems.ts";
import type { Reading } from "./reading.ts";
import { targetReader } from "./target-reader.ts";
import type { TextLine } from "./text-lines.ts";

export const dataShape = defineDiagnostic<Omit<FaultPlace, "span"> & { what: string; problem: string; shape: string }>(
  "data-shape",
  "error",
  "An array of a file of samples has a shape that does not fit the model.",
  ({ where, more, related, what, problem, shape }) => ({
    message: capitalized(`${where}${what} ${problem}, for the shape ${shape}${more}`),
    related,
  }),
  () => ({
    meaning:
      "A sample has the shape of the model's input, and its target that of the output, or a class where the loss takes one.",
    example: {
      kind: "situation",
      text: 'The model has input [4], and a line of iris.jsonl is { "x": [5.1, 3.5, 1.4], "y": 0 }.',
      arguments: { where: "", more: "", related: [], what: "'x'", problem: "has 3 items, expected 4", shape: "[4]" },
      mended: 'The line is { "x": [5.1, 3.5, 1.4, 0.2], "y": 0 }.',
    },
  }),
);

/**
 * Takes the lines of a file of `{ "x": ..., "y": ... }`. The first sample says whether there are weights, and whether a target
 * is a class that becomes numbers.
 */
export function createArrayRows(first: JsonObject, { wanted, problems, createWriter }: Reading): ObjectRows {
  const { inputShape, inputs, plan } = wanted;
  const layout = layoutOf(wanted, !Array.isArray(first["y"]), Object.hasOwn(first, "sample_weight"));
  const isOneClass = layout.oneHot !== undefined;
  const parts = [
    { name: "x", shape: inputShape, reader: inputReader(wanted), offset: 0 },
    {
      name: "y",
      shape: isOneClass ? [] : plan.shape,
      reader: targetReader(plan, isOneClass),
      offset: inputs,
    },
    ...(layout.isWeighted
      ? [{ name: "sample_weight", shape: [], reader: numberReader("weight"), offset: inputs + layout.targets }]
      : []),
  ];
  const row = new Float32Array(parts.reduce((sum, { shape }) => sum + product(shape), 0));
  const writer = createWriter(layout);

  const report = (part: (typeof parts)[number], fault: FlattenFault, line: TextLine): void => {
    const { name, shape, reader } = part;
    const locate = () => placeInJson(line, [name, ...fault.path]);
    const what = `'${name}'${fault.path.length === 0 ? "" : ` at [${fault.path.join(", ")}]`}`;
    if (fault.kind === "cell") {
      const { cell } = fault;
      problems.add(JSON.stringify([name, reader.mistake(cell)]), locate, (place) => reader.report(cell, what, place));
      return;
    }
    const problem = fault.message;
    problems.add(JSON.stringify([name, "shape"]), locate, ({ span, ...place }) =>
      dataShape(span, { ...place, what, problem, shape: `[${shape.join(", ")}]` }),
    );
  };

  return {
    layout,
    writer,
    add(sample, line) {
      const before = problems.count;
      for (const part of parts) {
        const fault = flatten(ownValue(sample, part.name), part.shape, part.reader, row, part.offset);
        if (fault !== undefined) report(part, fault, line);
      }
      if (problems.count === before) writer.add(row);
    },
  };
}
