import { applyEdit } from "./apply-edit.ts";
import type { ServerCommand } from "./define-command.ts";
import { diagram } from "./diagram.ts";
import { explain } from "./explain.ts";
import { showGenerated } from "./show-generated.ts";
import { summary } from "./summary.ts";
import { verify } from "./verify.ts";

/** All that clients can have done by name. */
export const commands: readonly ServerCommand[] = [showGenerated, summary, diagram, verify, explain, applyEdit];
