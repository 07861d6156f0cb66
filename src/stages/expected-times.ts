import { targets, type TargetName } from "../targets/index.ts";
import type { LoweredModel } from "../targets/lowered-model.ts";
import type { ExpectedTime } from "../targets/target.ts";

/** How long a call of a model for one sample is expected to take on a target. */
export interface TargetTime {
  readonly target: TargetName;
  /** `WebAssembly` */
  readonly title: string;
  readonly time: ExpectedTime;
}

/** What the cost models of the targets expect, for each target that can run the model; run-time dims count as `costs.dim`. */
export async function expectedTimes(model: LoweredModel): Promise<readonly TargetTime[]> {
  const times = targets.map(async (entry): Promise<readonly TargetTime[]> => {
    const target = await entry.load();
    const time = target.unsupportedReason(model) === undefined ? target.estimate?.(model) : undefined;
    return time === undefined ? [] : [{ target: entry.name, title: entry.title, time }];
  });
  return (await Promise.all(times)).flat();
}
