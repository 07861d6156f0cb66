import { sampleInputs, type SizeCase } from "./case.ts";
import type { Instance } from "./instance.ts";
import { agree, compare, fail, type Report } from "./report.ts";

/** Every sample by itself, each way to pass it; returns the outputs. */
export function probeForward(
  report: Report,
  size: SizeCase,
  instance: Instance,
  other: Instance | undefined,
): readonly Float32Array[] {
  const { dims, inputLength, outputLength, expected } = size;
  const inputs = sampleInputs(size);
  const singles = expected.map((values, sample) => {
    const input = inputs.slice(sample * inputLength, (sample + 1) * inputLength);
    const output = instance.forward(input, undefined, dims);
    if (output.length !== outputLength) {
      throw new RangeError(`sample ${sample}: ${output.length} values, expected ${outputLength}`);
    }
    compare(report, `sample ${sample}`, output, [values]);
    return output;
  });

  const input = inputs.slice(0, inputLength);
  const first = singles[0] as Float32Array;
  if (other !== undefined) {
    const different = other.forward(input, undefined, dims);
    if (same(different, first)) fail(report, "other weights give the same output");
  }
  const given = (form: string, value: ArrayLike<number>, output?: Float32Array): void => {
    const result = instance.forward(value, output, dims);
    if (output !== undefined && result !== output) fail(report, `${form}: returns not the output it was given`);
    if (!same(result, first)) fail(report, `${form}: another result than with a Float32Array`);
  };
  given("an array", [...input]);
  given("a Float64Array", Float64Array.from(input));
  given("part of an array", surrounded(input).subarray(3, 3 + inputLength));
  const buffer = surrounded(new Float32Array(outputLength));
  given("part of an output", input, buffer.subarray(3, 3 + outputLength));
  if (!intact(buffer)) fail(report, "writes beside its output");
  return singles;
}

/** The batches that are passed in every form: how arrays are read does not depend on how many samples there are. */
const passedInEachForm: readonly number[] = [0, 1, 5];

/** Batches of every number of samples. */
export function probeBatches(
  report: Report,
  size: SizeCase,
  instance: Instance,
  singles: readonly Float32Array[],
): void {
  const { dims, inputLength, outputLength, expected, batches } = size;
  const distinct = sampleInputs(size);
  for (const samples of batches) {
    const inputs = new Float32Array(samples * inputLength);
    for (let at = 0; at < inputs.length; at++) inputs[at] = distinct[at % distinct.length] as number;
    const length = samples * outputLength;
    const buffer = surrounded(new Float32Array(length));
    const output = buffer.subarray(3, 3 + length);
    const result = instance.forwardBatch(inputs, output, dims);
    if (result !== output) fail(report, `${samples} samples: returns not the output it was given`);
    compare(report, `${samples} samples`, output, expected);
    agree(report, `${samples} samples`, output, singles);
    if (!intact(buffer)) fail(report, `${samples} samples: writes beside its output`);
    if (!passedInEachForm.includes(samples)) continue;
    const forms = [inputs, [...inputs], Float64Array.from(inputs), surrounded(inputs).subarray(3, 3 + inputs.length)];
    if (!forms.every((form) => same(instance.forwardBatch(form, undefined, dims), output))) {
      fail(report, `${samples} samples: another result in an output of its own`);
    }
  }
  if (!same(instance.forward(distinct.slice(0, inputLength), undefined, dims), singles[0] as Float32Array)) {
    fail(report, "a sample gives something else after the batches");
  }
}

/** What an instance says to arguments of a wrong size. */
export function refusalsOf(instance: Instance, { dims, inputLength, outputLength }: SizeCase): readonly string[] {
  const input = new Float32Array(inputLength);
  const wrong = [
    () => instance.forward(new Float32Array(inputLength + 1), undefined, dims),
    () => instance.forward(undefined as unknown as Float32Array, undefined, dims),
    () => instance.forward(input, new Float32Array(outputLength + 1), dims),
    () => instance.forwardBatch(new Float32Array(2 * inputLength + 1), undefined, dims),
    () => instance.forwardBatch(input, new Float32Array(outputLength + 1), dims),
  ];
  return wrong.map((call) => {
    try {
      call();
      return "nothing";
    } catch (error) {
      return describe(error);
    }
  });
}

/** A copy with three values before and after it, at an address that is no multiple of 16. */
function surrounded(values: Float32Array): Float32Array {
  const buffer = new Float32Array(values.length + 6).fill(guard);
  buffer.set(values, 3);
  return buffer;
}

const guard = -12345;

function intact(buffer: Float32Array): boolean {
  return [...buffer.slice(0, 3), ...buffer.slice(-3)].every((value) => value === guard);
}

function same(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, at) => Object.is(value, b[at]));
}

/** An exception as text. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
