import type { Request } from "./define-request.ts";
import { diagnostic } from "./diagnostic.ts";
import { executeCommand } from "./execute-command.ts";
import { folding } from "./folding.ts";

/** All that clients ask about documents. */
export const requests: readonly Request[] = [diagnostic, folding, executeCommand];
