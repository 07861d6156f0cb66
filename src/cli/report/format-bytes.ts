const units = ["B", "kB", "MB", "GB", "TB"];

/** Bytes for people, in steps of 1,000: `812 B`, `14.2 kB`, `10.2 MB`. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 999.95 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}
