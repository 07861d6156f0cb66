import { globalPooling1D } from "./global-pooling.ts";

/** The largest value of each feature over all steps. */
export const globalMaxPooling1D = globalPooling1D(
  "GlobalMaxPooling1D",
  "max",
  "maximum",
  "Gives the largest value of each feature over all steps of a sequence.",
);
