const whole = new Intl.NumberFormat("en");

export function count(value: number): string {
  return whole.format(value);
}

const units = ["KB", "MB", "GB"];

/** `524 B`, `25.66 KB`, in steps of 1,024, as the drawing and the summary have them. */
export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  const step = Math.floor(Math.log(value) / Math.log(1024));
  const unit = Math.min(step, units.length);
  return `${(value / 1024 ** unit).toFixed(2)} ${units[unit - 1]}`;
}

/** A number of about four digits: `0.0312`, `12.35`. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5))
    return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}
