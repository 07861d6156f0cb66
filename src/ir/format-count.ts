/** A count as messages and tables print it: `1,024`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}
