import { cost } from "./cost.ts";
import { diagram } from "./diagram.ts";
import { generated } from "./generated.ts";
import { speed } from "./speed.ts";
import { summary } from "./summary.ts";
import type { Tab } from "./tab.ts";
import { train } from "./train.ts";
import { tryIt } from "./try-it.ts";

/** The tabs in their order. Another one is its file, and its line here. */
export const tabs: readonly Tab[] = [
  diagram,
  tryIt,
  train,
  summary,
  generated,
  cost,
  speed,
];
