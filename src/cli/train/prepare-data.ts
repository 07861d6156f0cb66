import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { readData, type DataSet } from "../../fit/data/read-data.ts";
import type { WantedData } from "../../fit/data/reading.ts";
import { splitSamples } from "../../fit/data/split-samples.ts";
import { maxRowBytes } from "../../fit/limits.ts";
import { classWeights } from "../../fit/loop/class-weights.ts";
import { createFeed } from "../../fit/loop/feed.ts";
import type { SamplesOfFile } from "../../fit/loop/refused.ts";
import type { TrainingData } from "../../fit/loop/training.ts";
import { warnOfUnseenClasses } from "../../fit/loop/unseen-classes.ts";
import { samplesOf } from "../../fit/rows/samples.ts";
import { openDataFile } from "../../node/data-file.ts";
import type { Environment } from "../../node/environment.ts";
import { openRowFile } from "../../node/open-row-file.ts";
import type { Preparing } from "./preparing.ts";
import type { TrainSettings } from "./run-settings.ts";

/** The samples that a model is trained and validated with. */
export interface PreparedData extends TrainingData {
  readonly set: DataSet;
  /** Of a file of its own. */
  readonly validationSet?: DataSet;
  close(): void;
}

/** Reads the files of samples and divides them; undefined where something is wrong. */
export async function prepareData(
  settings: TrainSettings,
  wanted: WantedData,
  environment: Environment,
  preparing: Preparing,
): Promise<PreparedData | undefined> {
  const sets: DataSet[] = [];
  const close = (): void => {
    for (const { rows } of sets) rows.close();
  };
  const read = async (file: string, option: string): Promise<DataSet | undefined> => {
    const set = await readFile(file, option, settings, wanted, environment, preparing);
    if (set !== undefined) sets.push(set);
    return set;
  };
  const set = await read(settings.data, "--data");
  const validationSet = settings.validation === undefined ? undefined : await read(settings.validation, "--validation");
  const data = set && divide(set, validationSet, settings, wanted, preparing);
  if (set === undefined || data === undefined || preparing.problems.length > 0 || hasErrors(preparing.diagnostics)) {
    close();
    return undefined;
  }
  return { ...data, set, ...(validationSet && { validationSet }), close };
}

/** The samples with the files that they are of. */
export function filesOf({ set, validationSet, training, validation }: PreparedData): readonly SamplesOfFile[] {
  const own = { samples: training.samples, path: set.path, before: 0 };
  if (validation === undefined) return [own];
  const { samples } = validation;
  return [
    own,
    validationSet === undefined
      ? { samples, path: set.path, before: training.samples.count }
      : { samples, path: validationSet.path, before: 0 },
  ];
}

async function readFile(
  file: string,
  option: string,
  { inputs, targets }: TrainSettings,
  wanted: WantedData,
  environment: Environment,
  { problems, diagnostics, sources }: Preparing,
): Promise<DataSet | undefined> {
  const opened = openDataFile(file, option, environment);
  if (opened.kind === "failed") {
    problems.push(opened.diagnostic);
    return undefined;
  }
  const read = await readData(opened.file, wanted, {
    choice: { ...(inputs && { inputs }), ...(targets && { targets }) },
    memoryBytes: maxRowBytes,
    openRowFile,
  });
  diagnostics.push(...read.diagnostics);
  if (read.diagnostics.length > 0) sources.push(...read.sources);
  return read.value;
}

function divide(
  set: DataSet,
  validationSet: DataSet | undefined,
  { validationSplit, batchSize, classWeights: given, dims }: TrainSettings,
  { plan }: WantedData,
  { problems, diagnostics }: Preparing,
): TrainingData | undefined {
  const split = splitSamples(set, validationSplit);
  problems.push(...split.diagnostics);
  if (split.value === undefined) return undefined;
  const { training, validation = validationSet && samplesOf(validationSet.rows, validationSet.layout) } = split.value;
  if (split.value.validation !== undefined) {
    diagnostics.push(...warnOfUnseenClasses(training, split.value.validation, plan, set.path));
  }
  const weights = given === undefined ? undefined : classWeights(given, training, plan);
  problems.push(...(weights?.diagnostics ?? []));
  const weighing = weights?.value && { plan, weights: weights.value };
  const options = { batchSize, ...(dims && { dims }) };
  return {
    training: createFeed(training, { ...options, ...(weighing && { weighing }) }),
    ...(validation && { validation: createFeed(validation, options) }),
  };
}
