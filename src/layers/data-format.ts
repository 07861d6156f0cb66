import { optional } from "./arguments/basic.ts";
import { oneOf } from "./arguments/keyword.ts";
import type { ConfigValue } from "./definition.ts";

/** Which axis of the input has its channels; none is Keras' default. */
export const dataFormatParameter = {
  name: "data_format",
  type: optional(oneOf(["channels_last", "channels_first"])),
  default: null,
  normalize: (value: ConfigValue) => value ?? "channels_last",
} as const;
