const units = ["B", "KB", "MB", "GB", "TB", "PB"];

/** Bytes as Keras prints them: `524.00 B`, `9.41 KB`, `1.56 MB`, in steps of 1,024. */
export function formatMemorySize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toFixed(2)} ${units[Math.min(unit, units.length - 1)]}`;
}
