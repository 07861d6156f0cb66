import { formatCount } from "../../diagnostics/format-count.ts";

/** `1 file`, `2 files` */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
