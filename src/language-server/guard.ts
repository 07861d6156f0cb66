import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
} from "vscode-languageserver";
import { shorten } from "../files/shorten.ts";
import { visibleText } from "../diagnostics/visible-text.ts";
import { tell } from "./tell.ts";

/** Something that a client asked for and can't have, for a reason that it or its user can mend. */
export class Refusal extends Error {}

/**
 * Runs what answers a request. Its errors reach the client as such, in a line; those that nobody but layerc is to blame for are
 * in the client's log too.
 */
export async function guardRequest<Answer>(
  connection: Connection,
  method: string,
  token: CancellationToken,
  answer: () => Promise<Answer> | Answer,
): Promise<Answer> {
  if (token.isCancellationRequested) throw cancelled();
  try {
    const answered = await answer();
    if (token.isCancellationRequested) throw cancelled();
    return answered;
  } catch (error) {
    if (error instanceof ResponseError) throw token.isCancellationRequested ? cancelled() : error;
    if (error instanceof Refusal) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
    throw new ResponseError(ErrorCodes.InternalError, reportBug(connection, method, error));
  }
}

/** Runs what a notification, a timer or the disk sets off; it fails for nobody. */
export function guard(connection: Connection, what: string, run: () => Promise<void> | void): void {
  // Begins at once, so that what comes next finds it done; what it throws then is caught as well.
  const running = async (): Promise<void> => run();
  running().catch((error: unknown) => void reportBug(connection, what, error));
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}

/** Writes a line to the client's log, and the stack where the client traces messages. */
export function reportBug(connection: Connection, what: string, error: unknown): string {
  const thrown = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = shorten(
    visibleText(`layerc has a bug in ${what}, your files are not to blame: ${thrown}; please report it`),
    500,
  );
  tell(async () => {
    connection.console.error(line);
    if (error instanceof Error) connection.tracer.log(line, error.stack);
  });
  return line;
}
