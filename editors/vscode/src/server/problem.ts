import type { Finding } from "./server.ts";

/** The first error of an answer in a line, with its place, or undefined. */
export function problemOf(findings: readonly Finding[]): string | undefined {
  const error = findings.find(({ severity }) => severity === "error");
  if (error === undefined) return undefined;
  const { location, message } = error;
  const at = location?.start === undefined ? "" : `line ${location.start.line}: `;
  return at + message.split("\n")[0];
}

/** What went wrong, for a user. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
