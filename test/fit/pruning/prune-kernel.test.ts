import fc from "fast-check";
import { expect, test } from "vitest";
import { kernelsOf } from "../../../src/fit/pruning/kernels-of.ts";
import { blocksOf } from "../../../src/fit/pruning/blocks-of.ts";
import { pruneKernel } from "../../../src/fit/pruning/prune-kernel.ts";
import type { BlockShape, PrunedKernel } from "../../../src/fit/pruning/pruned-kernel.ts";
import { modelOf } from "../../vectors/programs.ts";

async function kernelOf(text: string): Promise<PrunedKernel> {
  const [kernel] = kernelsOf(await modelOf(`model M { ${text} }`));
  if (kernel === undefined) throw new Error("no kernel");
  return kernel;
}

/** That of a Dense. */
function dense(inputs: number, units: number): PrunedKernel {
  const axes = { inputs: [{ size: inputs, stride: units }], units: [{ size: units, stride: 1 }], repeats: [] };
  return { key: "dense/kernel", layer: "dense", size: inputs * units, ...axes };
}

const side = fc.integer({ min: 1, max: 9 });
const block = fc.record({ inputs: fc.integer({ min: 1, max: 4 }), units: fc.integer({ min: 1, max: 5 }) });
const share = fc.double({ min: 0, max: 0.99, noNaN: true });
/** With many that are equal, and zeros. */
const weight = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -2, max: 2, noNaN: true }).map(Math.fround));
const pruned = fc
  .record({ inputs: side, units: side, block, first: share, last: share })
  .chain(({ inputs, units, ...rest }) =>
    fc.record({
      kernel: fc.constant({ inputs, units }),
      rest: fc.constant(rest),
      weights: fc.array(weight, { minLength: inputs * units, maxLength: inputs * units }),
    }),
  );

/** The weights of each block of a matrix, by what they are in it. */
function blocksIn<Value>(
  values: ArrayLike<Value>,
  { inputs, units }: { readonly inputs: number; readonly units: number },
  shape: BlockShape,
): readonly (readonly Value[])[] {
  const found: Value[][] = [];
  for (let row = 0; row < inputs; row += shape.inputs) {
    for (let column = 0; column < units; column += shape.units) {
      const own: Value[] = [];
      for (let input = row; input < Math.min(inputs, row + shape.inputs); input++) {
        for (let unit = column; unit < Math.min(units, column + shape.units); unit++) {
          own.push(values[input * units + unit] as Value);
        }
      }
      found.push(own);
    }
  }
  return found;
}

test("blocks are pruned whole, the least first, as near to the sparsity as they allow", () => {
  fc.assert(
    fc.property(pruned, ({ kernel: size, rest, weights }) => {
      const kernel = dense(size.inputs, size.units);
      const blocks = blocksOf(kernel, rest.block);
      const after = Float32Array.from(weights);
      const mask = new Float32Array(weights.length).fill(1);
      pruneKernel(after, mask, blocks, { now: rest.last, atLast: rest.last });
      const magnitude = (values: readonly number[]): number =>
        Math.fround(Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length));
      const before = blocksIn(Float32Array.from(weights), size, rest.block).map(magnitude);
      const masks = blocksIn(mask, size, rest.block);
      const isGone = masks.map((values) => values.every((value) => value === 0));
      // Whole, or not at all.
      expect(masks.every((values, at) => values.every((value) => value === (isGone[at] ? 0 : 1)))).toBe(true);
      expect(after.every((value, at) => value === (mask[at] === 0 ? 0 : Math.fround(weights[at] as number)))).toBe(
        true,
      );
      const gone = before.filter((_, at) => isGone[at]);
      const left = before.filter((_, at) => !isGone[at]);
      expect(left.length).toBeGreaterThan(0);
      expect(Math.max(0, ...gone)).toBeLessThanOrEqual(Math.min(...left));
      const zeros = mask.filter((value) => value === 0).length;
      const largest = Math.max(...masks.map((values) => values.length));
      const wanted = rest.last * weights.length;
      expect(zeros).toBeLessThanOrEqual(wanted + largest / 2);
      if (left.length > 1) expect(zeros).toBeGreaterThanOrEqual(wanted - largest / 2);
    }),
  );
});

test("what is pruned stays so as more is, whatever the other weights become; zeros that are there already are kept", () => {
  fc.assert(
    fc.property(pruned, fc.infiniteStream(weight), ({ kernel: size, rest, weights }, others) => {
      const blocks = blocksOf(dense(size.inputs, size.units), rest.block);
      const [now, atLast] = [Math.min(rest.first, rest.last), Math.max(rest.first, rest.last)];
      const array = Float64Array.from(weights);
      const mask = new Float64Array(weights.length).fill(1);
      pruneKernel(array, mask, blocks, { now, atLast });
      const first = mask.slice();
      const isKept = blocksIn(first, size, rest.block).filter(([value]) => value === 1);
      const whole = blocksIn(array, size, rest.block).filter((values) => values.every((value) => value === 0));
      const zeros = first.filter((value) => value === 0).length;
      // A block of zeros is only left where it would be too many, or the last one.
      const all = blocksIn(array, size, rest.block).length;
      const largest = Math.max(...whole.map((values) => values.length), 0);
      if (whole.length > all - isKept.length) {
        expect(isKept.length === 1 || zeros + largest / 2 > atLast * weights.length).toBe(true);
      }
      array.forEach((_, at) => {
        if (mask[at] === 1) array[at] = others.next().value;
      });
      pruneKernel(array, mask, blocks, { now: atLast, atLast });
      first.forEach((value, at) => value === 0 && expect([mask[at], array[at]]).toEqual([0, 0]));
    }),
  );
});

test("one weight of its own each: the number of zeros is the nearest whole one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), share, (units, sparsity) => {
      const weights = Float32Array.from({ length: units }, (_, at) => 1 + ((at * 7) % 11));
      const mask = new Float32Array(units).fill(1);
      pruneKernel(weights, mask, blocksOf(dense(1, units), { inputs: 1, units: 1 }), {
        now: sparsity,
        atLast: sparsity,
      });
      const wanted = Math.min(units - 1, Math.round(sparsity * units));
      expect(weights.filter((value) => value === 0).length).toBe(wanted);
    }),
  );
});

test("kernels of an EinsumDense are cut along what is summed up and what is not, each matrix by itself", async () => {
  expect(await kernelOf("input [6] Dense(9)")).toEqual(dense(6, 9));
  // Heads of their own: letter h is in the input and in the output.
  const own = await kernelOf('input [6, 2, 4] EinsumDense("bthd,hde->bthe", [none, 2, 3])');
  expect(own.repeats.map(({ size }) => size)).toEqual([2]);
  const { of, count, sizes } = blocksOf(own, { inputs: 3, units: 2 });
  // Two heads, of two by two blocks each: 3 and 1 inputs by 2 and 1 units.
  expect([...sizes]).toEqual([6, 3, 2, 1, 6, 3, 2, 1]);
  expect(count).toBe(8);
  // [h, d, e], row-major: head 1, input 3, unit 2 is the last element.
  expect([of[0], of[2], of[3 * 3], of[3 * 3 + 2], of[12], of[23]]).toEqual([0, 1, 2, 3, 4, 7]);
  // Several axes that are summed up, and the kernel's axes in another order.
  const turned = await kernelOf('input [3, 4] EinsumDense("bcd,edc->be", 5)');
  expect([turned.inputs.length, turned.units.length, turned.repeats.length]).toEqual([2, 1, 0]);
  const columns = blocksOf(turned, { inputs: 12, units: 1 });
  // [e, d, c]: a block for each unit.
  expect([...columns.of]).toEqual(Array.from({ length: 60 }, (_, at) => Math.floor(at / 12)));
});

test("no biases, tables, normalizations or frozen layers are pruned, and layers of nested models are", async () => {
  const source = `
    model Inner { input [8] Dense(4) BatchNormalization() Dense(4, trainable=false) }
    model Outer { input [3] Embedding(10, 4) Flatten() Dense(8) Inner Reshape([2, 2]) TimeDistributed(Dense(2)) }
  `;
  const kernels = kernelsOf(await modelOf(source));
  expect(kernels.map(({ key, layer }) => [key, layer])).toEqual([
    ["dense/kernel", "dense"],
    ["inner/dense/kernel", "inner/dense"],
    ["time_distributed/dense/kernel", "time_distributed"],
  ]);
});
