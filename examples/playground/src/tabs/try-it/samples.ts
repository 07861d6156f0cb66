import {
  exampleFile,
  exampleNames,
  readSamples,
  type SampleFile,
} from "../../files/examples.ts";
import type { Built, BuiltModel } from "../../model/built.ts";
import type { InputKind } from "./input-kind.ts";

/** The samples of an example, as long as its text still has its model: another one under the file's name has other inputs. */
export async function samplesFor(
  { source }: Built,
  { name, summary: { inputShape } }: BuiltModel,
): Promise<SampleFile | undefined> {
  const example = source.name.replace(/\.layers$/, "");
  if (!exampleNames.includes(example)) return undefined;
  const isItsModel = exampleFile(example)
    .text.match(/\bmodel\s+\w+/g)
    ?.some((head) => head.split(/\s+/)[1] === name);
  if (isItsModel !== true) return undefined;
  const samples = await readSamples(example);
  const fits =
    inputShape.length === 1 && samples?.x[0]?.length === inputShape[0];
  return fits ? samples : undefined;
}

/** Inputs go from the least to the largest of the samples. */
export function withRange(
  kind: InputKind,
  samples: SampleFile | undefined,
): InputKind {
  if (samples === undefined) return kind;
  const all = samples.x.flat();
  const least = all.reduce((a, b) => Math.min(a, b), Infinity);
  const most = all.reduce((a, b) => Math.max(a, b), -Infinity);
  return { ...kind, from: least, to: most, step: (most - least) / 80 };
}
