import type { Span } from "../../../src/diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../../../src/diagnostics/render.ts";
import type { ColumnChoice } from "../../../src/fit/data/columns.ts";
import type { DataFile } from "../../../src/fit/data/data-file.ts";
import { readData, type DataSet } from "../../../src/fit/data/read-data.ts";
import type { WantedData } from "../../../src/fit/data/reading.ts";
import { losses } from "../../../src/training/losses/index.ts";
import { planTargets, type LossFacts } from "../../../src/fit/data/target-plan.ts";
import { product } from "../../../src/ir/product.ts";
import { createBatch, samplesOf } from "../../../src/fit/rows/samples.ts";
import type { RowStoreOptions } from "../../../src/fit/rows/row-store.ts";

/** What a model takes: four inputs and three classes, unless something else is said. */
export function wantedData({
  loss = "sparse_categorical_crossentropy",
  inputShape = [4],
  outputShape = [3],
  labels = ["setosa", "versicolor", "virginica"],
}: {
  readonly loss?: string;
  readonly inputShape?: readonly number[];
  readonly outputShape?: readonly number[];
  readonly labels?: readonly string[];
} = {}): WantedData {
  const plan = planTargets({ name: "Iris", labels }, outputShape, lossNamed(loss));
  return { inputShape, inputs: product(inputShape), plan };
}

/** What is to be known of a loss of the language. */
export function lossNamed(name: string): LossFacts {
  const targets = losses.find(({ identifier }) => identifier === name)?.targets;
  if (targets === undefined) throw new Error(`no loss ${name}`);
  return { name, targets };
}

/** A file in memory, which comes in pieces of so many bytes. */
export function dataFile(content: string | Uint8Array, pieceBytes = 7, path = "iris.csv"): DataFile {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    path,
    bytes: bytes.length,
    *read() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
    },
  };
}

export interface ReadText {
  readonly data?: DataSet;
  /** As they are printed. */
  readonly printed: string;
  readonly codes: readonly string[];
  readonly spans: readonly (Span | undefined)[];
  readonly samples?: readonly SampleRead[];
}

interface SampleRead {
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly weight: number;
}

/** Reads a file and prints what is wrong with it. */
export async function readText(
  file: DataFile,
  wanted = wantedData(),
  choice: ColumnChoice = {},
  options: RowStoreOptions = { memoryBytes: 2 ** 20 },
): Promise<ReadText> {
  const { value, diagnostics, sources } = await readData(file, wanted, { ...options, choice });
  const printed = renderDiagnostics(diagnostics, sources);
  const codes = diagnostics.map(({ code }) => code);
  const said = { printed, codes, spans: diagnostics.map(({ span }) => span) };
  return value === undefined ? said : { ...said, data: value, samples: samplesIn(value) };
}

function samplesIn({ rows, layout }: DataSet): readonly SampleRead[] {
  const samples = samplesOf(rows, layout);
  return Array.from({ length: samples.count }, (_, at) => {
    const batch = createBatch(samples, 1);
    samples.read(at, batch, 0);
    return { inputs: [...batch.inputs], targets: [...batch.targets], weight: batch.weights[0] as number };
  });
}
