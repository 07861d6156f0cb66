import type { StoredAttribute } from "./read-graph.ts";

const nothing: StoredAttribute = { type: "other", float: 0, int: 0, string: "", floats: [], ints: [], strings: [] };

/** Attributes of nodes that no file has, as those of a file are read. */
export const floatAttribute = (float: number): StoredAttribute => ({ ...nothing, type: "float", float });
export const intAttribute = (int: number): StoredAttribute => ({ ...nothing, type: "int", int });
export const intsAttribute = (ints: readonly number[]): StoredAttribute => ({ ...nothing, type: "ints", ints });
export const stringAttribute = (string: string): StoredAttribute => ({ ...nothing, type: "string", string });
