import fc from "fast-check";
import { compareArraysFast } from "./support/equal-arrays.ts";

compareArraysFast();

// Stacks tell the lines of the sources, which Node loads as they are built (`native-sources.ts`).
process.setSourceMapsEnabled(true);

/**
 * Properties try the same samples in every run, so that a failure is one of the change at hand. Others are tried with a
 * seed of one's own: `FAST_CHECK_SEED=7 npm test`.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env["FAST_CHECK_SEED"] ?? 1) });
