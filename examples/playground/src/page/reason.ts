/** What went wrong, without the name of a class of errors. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
