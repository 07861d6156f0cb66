/** The name of the result that says most of a training: the accuracy, or what there is in its place. */
export function mainResult(results: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(results);
  return names.find((name) => name === "accuracy") ?? names.find((name) => name !== "loss") ?? "loss";
}
