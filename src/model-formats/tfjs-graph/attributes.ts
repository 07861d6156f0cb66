import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "../../files/json.ts";

/** Attributes of an operation as `GraphDef` has them: `{ alpha: { f: 0.2 } }`. Texts are base64, integers may be texts. */
export interface Attributes {
  number(name: string): number | undefined;
  flag(name: string): boolean;
  text(name: string): string | undefined;
  /** A type: `DT_FLOAT`. */
  type(name: string): string | undefined;
  integers(name: string): readonly number[] | undefined;
  texts(name: string): readonly string[];
  /** Sizes, -1 where one is not known. */
  shape(name: string): readonly number[] | undefined;
}

export function attributesOf(node: JsonObject): Attributes {
  const all = ownValue(node, "attr");
  const value = (name: string, kind: string): JsonValue | undefined => {
    const own = isObject(all) ? ownValue(all, name) : undefined;
    return isObject(own) ? ownValue(own, kind) : undefined;
  };
  const list = (name: string, kind: string): readonly JsonValue[] | undefined => {
    const own = value(name, "list");
    const items = isObject(own) ? ownValue(own, kind) : undefined;
    return Array.isArray(items) ? (items as readonly JsonValue[]) : undefined;
  };
  return {
    number: (name) => toNumber(value(name, "f") ?? value(name, "i")),
    flag: (name) => value(name, "b") === true,
    text(name) {
      const found = value(name, "s");
      return typeof found === "string" ? fromBase64(found) : undefined;
    },
    type(name) {
      const found = value(name, "type");
      return typeof found === "string" ? found : typeNames.get(found);
    },
    integers(name) {
      const found = list(name, "i")?.map(toNumber);
      return found?.every((item): item is number => Number.isSafeInteger(item)) === true ? found : undefined;
    },
    texts: (name) => (list(name, "s") ?? []).flatMap((item) => (typeof item === "string" ? [fromBase64(item)] : [])),
    shape(name) {
      const found = value(name, "shape");
      return isObject(found) ? shapeOf(found) : undefined;
    },
  };
}

/** `{ dim: [{ size: "-1" }, { size: "4" }] }` */
export function shapeOf(json: JsonObject): readonly number[] | undefined {
  const dims = ownValue(json, "dim");
  if (!Array.isArray(dims)) return ownValue(json, "unknownRank") === true ? undefined : [];
  return (dims as readonly JsonValue[]).map((dim) => (isObject(dim) ? (toNumber(ownValue(dim, "size")) ?? -1) : -1));
}

/** Types that a file may have by their numbers. */
const typeNames: ReadonlyMap<JsonValue | undefined, string> = new Map<JsonValue | undefined, string>([
  [1, "DT_FLOAT"],
  [2, "DT_DOUBLE"],
  [3, "DT_INT32"],
  [9, "DT_INT64"],
  [10, "DT_BOOL"],
]);

function toNumber(json: JsonValue | undefined): number | undefined {
  if (typeof json === "number") return json;
  return typeof json === "string" && /^-?\d{1,16}$/.test(json) ? Number(json) : undefined;
}

/** What an operator is called, as a text in base64 or as it is. */
function fromBase64(text: string): string {
  try {
    return /^[A-Za-z0-9+/]+=*$/.test(text) ? atob(text) : text;
  } catch {
    return text;
  }
}

/** The name of a node, and which of its outputs an input is: `dense:1`. */
export function tensorName(input: string): string {
  return input.replace(/:0$/, "");
}

export function inputsOf(node: JsonObject): readonly string[] {
  const list = ownValue(node, "input");
  if (!Array.isArray(list)) return [];
  // Inputs with ^ say only what comes before.
  return (list as readonly JsonValue[]).flatMap((item) =>
    typeof item === "string" && !item.startsWith("^") ? [tensorName(item)] : [],
  );
}

export function nameOf(node: JsonObject): string {
  return ownString(node, "name") ?? "";
}
