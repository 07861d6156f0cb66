import { tape } from "./tape.ts";

// What an AudioWorklet has besides the language itself, as far as it is used here.
declare abstract class AudioWorkletProcessor {
  abstract process(
    inputs: readonly Channels[],
    outputs: readonly Channels[],
  ): boolean;
}
declare function registerProcessor(
  name: string,
  processor: new () => AudioWorkletProcessor,
): void;

/** One block of samples for each channel. */
type Channels = readonly Float32Array[];

/** Runs the network on every sample. Nothing is allocated: the network writes straight into the output. */
class TapeProcessor extends AudioWorkletProcessor {
  process(inputs: readonly Channels[], outputs: readonly Channels[]): boolean {
    const input = inputs[0]!;
    const output = outputs[0]!;
    for (let channel = 0; channel < input.length; channel++) {
      tape.forwardBatch(input[channel]!, output[channel]!);
    }
    return true;
  }
}

registerProcessor("tape", TapeProcessor);
