/** What a keyword says, for hovers and completions. */
export const keywordDocs: Readonly<Record<string, { readonly form: string; readonly doc: string }>> = {
  import: {
    form: 'import { Name } from "./file.layers"',
    doc: "Brings blocks, models and values that another file declares.",
  },
  let: { form: "let name = value", doc: "A name for a value." },
  dim: { form: "dim name", doc: "A size that is known only at run time. It can stand in shapes, not in arithmetic." },
  block: {
    form: "block Name(parameters) { ... }",
    doc: "A macro: each call stands for the layers in its braces, with the arguments in place of the parameters.",
  },
  model: {
    form: "model Name { ... }",
    doc: "A network. It becomes a function of the generated module, and can be a layer of other models.",
  },
  repeat: {
    form: "repeat count { ... }",
    doc: "Stands for the layers in its braces that many times, each with weights of its own.",
  },
  input: { form: "input [64]", doc: "The shape of one sample, without the batch axis." },
  weights: {
    form: 'weights "./file.keras"',
    doc: "The file of trained weights, relative to this one. It is read when the model is compiled.",
  },
  prefix: {
    form: 'prefix "actor."',
    doc: "What the names of the arrays begin with that are meant, of a file that holds several models.",
  },
  labels: { form: 'labels ["cat", "dog"]', doc: "The names of the classes, as many as the last axis of the output." },
  compile: {
    form: "compile(optimizer=adam, loss=mse, metrics=[mae])",
    doc: "How the model is trained, as Keras' `model.compile` says it. The forward function is the same without it.",
  },
  from: { form: 'from "./file.layers"', doc: "The file, relative to this one." },
};
