/** What the benchmarks use of synaptic, which has no types of its own. */
declare module "synaptic" {
  interface Unit {
    squash: unknown;
    bias: number;
    readonly connections: { readonly inputs: Readonly<Record<string, { readonly from: Unit; weight: number }>> };
  }

  interface Network {
    neurons(): readonly { readonly neuron: Unit }[];
    activate(input: ArrayLike<number>): readonly number[];
    propagate(rate: number, target: ArrayLike<number>): void;
  }

  export const Architect: { readonly Perceptron: new (...sizes: readonly number[]) => Network };
  export const Neuron: { readonly squash: Readonly<Record<"RELU", unknown>> };
}
