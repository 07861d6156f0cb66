import { build } from "./build.ts";
import { check } from "./check.ts";
import { completions } from "./completions.ts";
import { explain } from "./explain.ts";
import { exportCommand } from "./export.ts";
import { format } from "./format.ts";
import { importCommand } from "./import.ts";
import { languageServer } from "./language-server.ts";
import { init } from "./init.ts";
import { prune } from "./prune.ts";
import { summary } from "./summary.ts";
import { train } from "./train.ts";
import { types } from "./types.ts";
import { verify } from "./verify.ts";

/** All commands, in the order of `layerc --help`. */
export const commands = [
  build,
  check,
  format,
  types,
  init,
  summary,
  explain,
  train,
  prune,
  verify,
  exportCommand,
  importCommand,
  languageServer,
  completions,
] as const;
