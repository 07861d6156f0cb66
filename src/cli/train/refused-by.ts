import type { Refused } from "../../fit/loop/refused.ts";
import { filesOf } from "./prepare-data.ts";
import type { ReadyTraining } from "./run-training.ts";

/** What there is to say of what a trainer refuses. */
export function refusedBy({ trained, data, settings }: Pick<ReadyTraining, "trained" | "data" | "settings">): Refused {
  return { model: trained.model.name, all: filesOf(data), batchSize: settings.batchSize, dims: settings.dims };
}
