import { nonNegativeNumber } from "./arguments/numbers.ts";
import { identityLayer } from "./identity-layer.ts";
import { sizePenalty } from "./keras-objects/size-penalty.ts";
import { addActivityPenalty } from "./train-layer.ts";

/** Adds a penalty on its input to the loss in training; the forward function passes the input through. No weights. */
export const activityRegularization = identityLayer(
  "ActivityRegularization",
  "Adds the size of its input to the loss in training; otherwise it passes its input through.",
  [
    { name: "l1", type: nonNegativeNumber, default: 0, doc: "The factor of the absolute values." },
    { name: "l2", type: nonNegativeNumber, default: 0, doc: "The factor of the squares." },
  ],
  ({ graph, input, config: { l1, l2 } }) => {
    if (l1 > 0 || l2 > 0) addActivityPenalty(graph, sizePenalty(graph, input, l1, l2));
    return input;
  },
);
