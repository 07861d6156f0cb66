import { shorten } from "./shorten.ts";

/**
 * Why a file can't be read. `damaged`: it breaks its own format. `incomplete`: it is one of several, and another one is not
 * there. `unsupported`: fine, but not for this compiler.
 */
export interface ReadFailure {
  readonly kind: "damaged" | "incomplete" | "unsupported" | "too-large";
  /** What was found, a clause without a final stop. */
  readonly message: string;
}

const marked = new WeakMap<Error, ReadFailure>();

/** Abandons reading a file; only `readSafely` catches it, so that readers stay straight-line code. */
export function fail(kind: ReadFailure["kind"], description: string): never {
  // Names in a damaged file can be of any length.
  const message = shorten(description, 300);
  const error = new Error(message);
  marked.set(error, { kind, message });
  throw error;
}

/** The failure behind a caught value; `undefined` for anything not made by `fail`. */
export function failureOf(error: unknown): ReadFailure | undefined {
  return error instanceof Error ? marked.get(error) : undefined;
}
