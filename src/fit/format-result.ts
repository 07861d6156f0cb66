/** A loss or a metric as Keras' progress prints it: `0.9733`, `4.2000e-04`. */
export function formatResult(value: number): string {
  return Math.abs(value) > 1e-3 || !Number.isFinite(value) ? value.toFixed(4) : exponential(value);
}

/** As Python writes it: the exponent has two digits at least. */
function exponential(value: number): string {
  return value.toExponential(4).replace(/e([+-])(\d)$/, "e$10$2");
}
