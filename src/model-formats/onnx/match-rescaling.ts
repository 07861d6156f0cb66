import type { Expression } from "./expression.ts";
import { shortestNumber } from "./shortest-number.ts";

/** `scale * x + offset` in the ways it is written. */
export function matchRescaling({ key, numbers }: Expression): Readonly<Record<string, number>> | undefined {
  const [a = 0, b = 0] = numbers.map(shortestNumber);
  switch (key) {
    case "Mul(#,x)":
      return { scale: a };
    case "Div(x,#)":
      return { scale: 1 / a };
    case "Add(#,x)":
      return { scale: 1, offset: a };
    case "Sub(x,#)":
      return { scale: 1, offset: -a };
    case "Sub(#,x)":
      return { scale: -1, offset: a };
    case "Neg(x)":
      return { scale: -1 };
    case "Add(#,Mul(#,x))":
      return { scale: b, offset: a };
    case "Add(#,Div(x,#))":
      return { scale: 1 / b, offset: a };
    case "Sub(Mul(#,x),#)":
      return { scale: a, offset: -b };
    case "Div(Sub(x,#),#)":
      return { scale: 1 / b, offset: -a / b };
    default:
      return undefined;
  }
}
