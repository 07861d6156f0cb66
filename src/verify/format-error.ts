/** `0`, `1.2e-7`, `infinity` */
export function formatError(error: number): string {
  if (error === 0) return "0";
  return Number.isFinite(error) ? error.toExponential(1) : "infinity";
}

/** As a user writes it: `2e-6`, `0.5`. */
export function formatTolerance(tolerance: number): string {
  return tolerance > 0 && tolerance < 1e-3 ? tolerance.toExponential() : String(tolerance);
}
