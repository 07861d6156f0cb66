import { objectOf } from "../layers/defaults.ts";
import { metricList } from "./metric-list.ts";
import { loss, optimizer } from "./objects.ts";

/** The arguments of `compile`, in the order in which Keras has them; the loss has no default here, for nothing trains without one. */
export const compileParameters = [
  {
    name: "optimizer",
    type: optimizer,
    default: objectOf(optimizer, "rmsprop"),
    doc: "What changes the weights at each step of training.",
  },
  { name: "loss", type: loss, doc: "What training makes small." },
  {
    name: "metrics",
    type: metricList,
    default: [],
    keywordOnly: true,
    doc: "What is measured of the outputs beside the loss: a list, as `[accuracy]`.",
  },
] as const;
