import { build } from "./build.ts";
import { buildAll } from "./build-all.ts";
import { check } from "./check.ts";
import { diagram } from "./diagram.ts";
import type { EditorCommand } from "./editor-command.ts";
import { restartServer } from "./restart-server.ts";
import { showGenerated } from "./show-generated.ts";
import { summary } from "./summary.ts";
import { train } from "./train.ts";
import { verify } from "./verify.ts";

/** Those of the extension itself. */
export const editorCommands: readonly EditorCommand[] = [build, buildAll, check, train, restartServer];

/** Those that the server has too: code lenses name them. In this editor they do more than the server alone can. */
export const serverCommands: readonly EditorCommand[] = [showGenerated, diagram, summary, verify];
