import { readNpy } from "../../files/npy.ts";
import { createArrayBudget } from "../../files/array-budget.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightArray } from "../../files/weight-array.ts";
import { openZip } from "../../files/zip.ts";
import { isNpz } from "../../weights/readers/npz.ts";
import { dataShape } from "./array-rows.ts";
import { inputReader, numberReader, type CellReader } from "./cell-reader.ts";
import { layoutOf } from "./layout-of.ts";
import type { Reading, ReadRows } from "./reading.ts";
import { targetReader } from "./target-reader.ts";

/** An array and what its rows are read as. */
interface Part {
  readonly array: WeightArray;
  readonly reader: CellReader;
  /** Numbers of a sample. */
  readonly size: number;
}

/**
 * Reads what `numpy.savez(file, x=..., y=...)` writes, with `sample_weight` where samples have weights. The first axis counts
 * the samples. Numbers are float32.
 */
export async function readNpz(bytes: Uint8Array, reading: Reading): Promise<ReadRows | undefined> {
  const arrays = await readArrays(bytes);
  const { wanted, problems } = reading;
  const { plan } = wanted;
  const x = arrays.get("x") ?? missing("x", arrays);
  const y = arrays.get("y") ?? missing("y", arrays);
  const weight = arrays.get("sample_weight");
  const [samples = 0] = x.shape;
  const layout = layoutOf(wanted, isOf(y, samples, []), weight !== undefined);
  const isOneClass = layout.oneHot !== undefined;
  const targetShape = isOneClass ? [] : plan.shape;
  const wrong = (array: WeightArray, shape: readonly number[]): void =>
    problems.add(
      array.source,
      () => undefined,
      ({ span, ...place }) => {
        const problem = `has the shape [${array.shape.join(", ")}]`;
        const expected = `[${[array === x ? "n" : samples, ...shape].join(", ")}]`;
        return dataShape(span, { ...place, what: `'${array.source}'`, problem, shape: expected });
      },
    );
  if (!isOf(x, samples, wanted.inputShape)) wrong(x, wanted.inputShape);
  if (!isOf(y, samples, targetShape)) wrong(y, targetShape);
  if (weight !== undefined && !isOf(weight, samples, [])) wrong(weight, []);
  if (problems.count > 0) return undefined;

  const parts: readonly Part[] = [
    { array: x, reader: inputReader(reading.wanted), size: layout.inputs },
    { array: y, reader: targetReader(plan, isOneClass), size: layout.targets },
    ...(weight === undefined ? [] : [{ array: weight, reader: numberReader("weight"), size: 1 }]),
  ];
  const writer = reading.createWriter(layout);
  const row = new Float32Array(parts.reduce((sum, { size }) => sum + size, 0));
  for (let sample = 0; sample < samples && !problems.isEnough; sample++) {
    let at = 0;
    for (const part of parts) at = readSample(part, sample, row, at, reading);
    writer.add(row);
  }
  return { layout, writer };
}

function readSample(
  { array, reader, size }: Part,
  sample: number,
  row: Float32Array,
  from: number,
  { problems }: Reading,
): number {
  for (let index = 0; index < size; index++) {
    const cell = array.data[sample * size + index] as number;
    const value = reader.read(cell);
    row[from + index] = value;
    if (!Number.isNaN(value)) continue;
    const place = `'${array.source}' at [${[sample, ...unflatten(index, array.shape.slice(1))].join(", ")}]`;
    problems.add(
      JSON.stringify([array.source, reader.mistake(cell)]),
      () => undefined,
      (at) => reader.report(cell, place, at),
    );
  }
  return from + size;
}

async function readArrays(bytes: Uint8Array): Promise<ReadonlyMap<string, WeightArray>> {
  const archive = openZip(bytes);
  if (!isNpz(archive)) fail("unsupported", "it is a zip archive, but not one of numpy's arrays (.npz)");
  const budget = createArrayBudget();
  const arrays = new Map<string, WeightArray>();
  for (const name of ["x", "y", "sample_weight"]) {
    const member = `${name}.npy`;
    if (archive.names.includes(member)) arrays.set(name, readNpy(await archive.read(member), name, budget));
  }
  if (arrays.size === 0) {
    const found = archive.names.slice(0, 10).map((member) => `'${member.slice(0, -".npy".length)}'`);
    fail("damaged", `it has the arrays ${found.join(", ")}, expected 'x' and 'y': numpy.savez(file, x=..., y=...)`);
  }
  return arrays;
}

function missing(name: string, arrays: ReadonlyMap<string, WeightArray>): never {
  return fail("damaged", `it has no array '${name}' beside ${[...arrays.keys()].map((key) => `'${key}'`).join(", ")}`);
}

/** Whether an array is samples of a shape; one number each need no axis of their own. */
function isOf({ shape, data }: WeightArray, samples: number, expected: readonly number[]): boolean {
  const [first, ...axes] = shape.length === 1 ? [...shape, ...expected.map(() => 1)] : shape;
  const ones = expected.length === 0 ? axes.filter((size) => size !== 1) : axes;
  return (
    first === samples &&
    data.length > 0 &&
    ones.length === expected.length &&
    ones.every((size, axis) => size === expected[axis])
  );
}

function unflatten(index: number, shape: readonly number[]): readonly number[] {
  const place: number[] = [];
  let rest = index;
  for (const size of shape.toReversed()) {
    place.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return place;
}
