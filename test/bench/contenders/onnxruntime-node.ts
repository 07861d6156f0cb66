import * as runtime from "onnxruntime-node";
import type { Contender } from "../serve/contender.ts";
import { onnxruntimeContender } from "../serve/onnxruntime.ts";

/** `fetches`: into a tensor of the caller. */
export default ([file = "", fetches]: readonly string[]): Contender =>
  onnxruntimeContender(runtime, "cpu", file, fetches === "fetches");
