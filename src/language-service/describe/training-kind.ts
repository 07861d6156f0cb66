/** What an argument of `compile` names, by its name or its place. */
export function trainingKind(argument: string | number | undefined): "optimizer" | "loss" | "metric" | undefined {
  switch (argument) {
    case "optimizer":
    case 0:
      return "optimizer";
    case "loss":
    case 1:
      return "loss";
    case "metrics":
      return "metric";
    default:
      return undefined;
  }
}
