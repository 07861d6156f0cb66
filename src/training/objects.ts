import { objectType } from "../layers/keras-objects/types.ts";
import { losses } from "./losses/index.ts";
import { metrics } from "./metrics/index.ts";
import { optimizers } from "./optimizers/index.ts";

/** An optimizer, as `adam` or `adam(learning_rate=0.01)`. */
export const optimizer = objectType("optimizer", "an optimizer", optimizers);
/** A loss, as `mse` or `binary_crossentropy(from_logits=true)`. */
export const loss = objectType("loss", "a loss", losses);
/** A metric, as `accuracy` or `top_k_categorical_accuracy(k=3)`. */
export const metric = objectType("metric", "a metric", metrics);
