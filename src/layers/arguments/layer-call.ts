import type { ArgumentType, LayerDefinition, WrappedLayer } from "../definition.ts";
import { readKeyword, type KeywordSet } from "./keyword.ts";
import { layerArguments } from "./layer-arguments.ts";
import { reportWrongType } from "./wrong-type.ts";

/** A layer as an argument: `Dense(3)`. `layers` is asked late, because the one that takes it is a layer itself. */
export function layerCall(layers: () => readonly LayerDefinition[]): ArgumentType<WrappedLayer> {
  const expected = "a layer such as Dense(3)";
  return {
    expected,
    get words() {
      return layers().map(({ className }) => className);
    },
    get offered() {
      return layers().map(({ className }) => className);
    },
    convert(value, site) {
      if (value.kind !== "call") return reportWrongType(value, expected, site);
      const all = layers();
      const find = (name: string) => all.find(({ className }) => className === name);
      const words = all.map(({ className }) => className);
      const set: KeywordSet = { noun: "layer", expected, words, has: (word) => find(word) !== undefined };
      const word = readKeyword(value, set, site);
      const definition = word === undefined ? undefined : find(word);
      if (definition === undefined) return undefined;
      const callSite = { callee: definition.className, span: value.span, related: site.related, report: site.report };
      const { values, valid, trainable } = layerArguments(definition, value.args, callSite);
      if (!valid) return undefined;
      return { kind: "layer", definition, config: values, ...(trainable ? {} : { trainable }) };
    },
  };
}
