import { formatCount } from "./format-count.ts";

/** `1 file`, `2 files`, `1,000 axes` */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}
