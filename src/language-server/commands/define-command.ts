import type { CancellationToken } from "vscode-languageserver";
import type { Session } from "../session.ts";

/** What a client can have done by `workspace/executeCommand`. The answer is plain data. */
export interface ServerCommand {
  /** `layerc.summary` */
  readonly name: string;
  run(given: Given, session: Session, token: CancellationToken): Promise<unknown>;
}

/** The one argument of a command; anything may stand in it. */
export type Given = Readonly<Record<string, unknown>>;

export function textOf(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === "string" ? value : undefined;
}
