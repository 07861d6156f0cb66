import { BinaryWriter } from "@bufbuild/protobuf/wire";

/** A node as tools write them. */
export interface TestNode {
  readonly op: string;
  readonly in: readonly string[];
  readonly out: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, TestAttribute>>;
}

export type TestAttribute =
  | { readonly f: number }
  | { readonly i: number }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] }
  | { readonly s: string }
  | { readonly t: Uint8Array };

export interface TestModel {
  readonly nodes: readonly TestNode[];
  /** Tensor messages, made by `tensor`. */
  readonly initializers?: readonly Uint8Array[];
  readonly input?: readonly (number | string)[];
  readonly inputs?: readonly Uint8Array[];
  readonly outputs?: readonly string[];
  readonly opset?: number;
  /** Other operator sets, by their domains. */
  readonly domains?: Readonly<Record<string, number>>;
  readonly name?: string;
}

function message(fill: (writer: BinaryWriter) => void): Uint8Array {
  const writer = new BinaryWriter();
  fill(writer);
  return writer.finish();
}

/** A field of bytes: text or a message. */
export function bytesField(writer: BinaryWriter, field: number, value: Uint8Array | string): void {
  writer.tag(field, 2).bytes(typeof value === "string" ? new TextEncoder().encode(value) : value);
}

/** TensorProto; numbers of fields and types are written out here, apart from those of the importer. */
export function tensor(
  name: string,
  dims: readonly number[],
  content: {
    readonly floats?: readonly number[];
    readonly packed?: boolean;
    readonly int64?: readonly number[];
    readonly double?: readonly number[];
    readonly float16Bits?: readonly number[];
    readonly raw?: Uint8Array;
    readonly type?: number;
    readonly strings?: readonly string[];
    readonly external?: boolean;
  },
): Uint8Array {
  return message((writer) => {
    for (const size of dims) writer.tag(1, 0).int64(size);
    const preset = content.int64 ? 7 : content.double ? 11 : content.float16Bits ? 10 : content.strings ? 8 : 1;
    writer.tag(2, 0).int32(content.type ?? preset);
    if (content.floats && content.packed !== false) {
      bytesField(writer, 4, new Uint8Array(Float32Array.from(content.floats).buffer));
    } else for (const value of content.floats ?? []) writer.tag(4, 5).float(value);
    for (const value of content.float16Bits ?? []) writer.tag(5, 0).int32(value);
    for (const text of content.strings ?? []) bytesField(writer, 6, text);
    if (content.int64)
      bytesField(
        writer,
        7,
        message((inner) => content.int64?.forEach((value) => inner.int64(value))),
      );
    bytesField(writer, 8, name);
    if (content.raw) bytesField(writer, 9, content.raw);
    for (const value of content.double ?? []) writer.tag(10, 1).double(value);
    if (content.external) {
      bytesField(
        writer,
        13,
        message((inner) => {
          bytesField(inner, 1, "location");
          bytesField(inner, 2, "weights.bin");
        }),
      );
      writer.tag(14, 0).int32(1);
    }
  });
}

/** ValueInfoProto of a tensor. */
export function value(name: string, shape: readonly (number | string)[] | undefined, type = 1): Uint8Array {
  return message((writer) => {
    bytesField(writer, 1, name);
    const dims = message((inner) => {
      for (const size of shape ?? []) {
        bytesField(
          inner,
          1,
          message((axis) => (typeof size === "string" ? bytesField(axis, 2, size) : axis.tag(1, 0).int64(size))),
        );
      }
    });
    const tensorType = message((inner) => {
      inner.tag(1, 0).int32(type);
      if (shape !== undefined) bytesField(inner, 2, dims);
    });
    bytesField(
      writer,
      2,
      message((inner) => bytesField(inner, 1, tensorType)),
    );
  });
}

function node({ op, in: inputs, out, name = "", domain, attributes = {} }: TestNode): Uint8Array {
  return message((writer) => {
    for (const input of inputs) bytesField(writer, 1, input);
    for (const output of out) bytesField(writer, 2, output);
    bytesField(writer, 3, name);
    bytesField(writer, 4, op);
    for (const [key, attribute] of Object.entries(attributes)) {
      bytesField(
        writer,
        5,
        message((inner) => {
          bytesField(inner, 1, key);
          if ("f" in attribute) inner.tag(2, 5).float(attribute.f).tag(20, 0).int32(1);
          else if ("i" in attribute) inner.tag(3, 0).int64(attribute.i).tag(20, 0).int32(2);
          else if ("s" in attribute) {
            bytesField(inner, 4, attribute.s);
            inner.tag(20, 0).int32(3);
          } else if ("t" in attribute) {
            bytesField(inner, 5, attribute.t);
            inner.tag(20, 0).int32(4);
          } else if ("floats" in attribute) {
            attribute.floats.forEach((value) => inner.tag(7, 5).float(value));
            inner.tag(20, 0).int32(6);
          } else if ("strings" in attribute) {
            attribute.strings.forEach((value) => bytesField(inner, 9, value));
            inner.tag(20, 0).int32(8);
          } else {
            attribute.ints.forEach((value) => inner.tag(8, 0).int64(value));
            inner.tag(20, 0).int32(7);
          }
        }),
      );
    }
    if (domain !== undefined) bytesField(writer, 7, domain);
  });
}

/** ValueInfoProto of a name alone: its type follows from the nodes. */
function output(name: string): Uint8Array {
  return message((writer) => bytesField(writer, 1, name));
}

/** ModelProto from `x` to `y`. */
export function onnx(model: TestModel): Uint8Array {
  const graph = message((writer) => {
    for (const each of model.nodes) bytesField(writer, 1, node(each));
    bytesField(writer, 2, model.name ?? "main_graph");
    for (const each of model.initializers ?? []) bytesField(writer, 5, each);
    for (const each of model.inputs ?? [value("x", model.input ?? ["batch", 3])]) bytesField(writer, 11, each);
    for (const name of model.outputs ?? ["y"]) bytesField(writer, 12, output(name));
  });
  return message((writer) => {
    writer.tag(1, 0).int64(8);
    bytesField(writer, 7, graph);
    bytesField(
      writer,
      8,
      message((inner) => inner.tag(2, 0).int64(model.opset ?? 17)),
    );
    for (const [domain, version] of Object.entries(model.domains ?? {})) {
      bytesField(
        writer,
        8,
        message((inner) => {
          bytesField(inner, 1, domain);
          inner.tag(2, 0).int64(version);
        }),
      );
    }
  });
}
