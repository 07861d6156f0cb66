import { globalPooling1D } from "./global-pooling.ts";

/** The mean of each feature over all steps. */
export const globalAveragePooling1D = globalPooling1D(
  "GlobalAveragePooling1D",
  "mean",
  "mean",
  "Gives the mean of each feature over all steps of a sequence.",
);
