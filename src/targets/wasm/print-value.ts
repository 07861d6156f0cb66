import { isStatic } from "../../ir/size.ts";
import type { IntegerOperator, VectorValue } from "../../vectors/vector-loops.ts";
import { float32Bound } from "./math/float32-bound.ts";
import { offsetAtom, printAddress, printSize, type Printing } from "./print-address.ts";
import { get, i32, op, type Wat } from "./wat.ts";

const highHalves = 0xffff0000;
const binaries = {
  add: "f32x4.add",
  sub: "f32x4.sub",
  mul: "f32x4.mul",
  div: "f32x4.div",
  min: "f32x4.min",
  max: "f32x4.max",
} as const;
const comparisons = { lt: "f32x4.lt", le: "f32x4.le", gt: "f32x4.gt", ge: "f32x4.ge" } as const;

const mirrored = { lt: "gt", le: "ge", gt: "lt", ge: "le" } as const;

/** A number on the right of a comparison as the float32 number that gives the same answers. */
function compared(comparison: keyof typeof comparisons, value: VectorValue): VectorValue {
  return value.kind === "const" ? { kind: "const", value: float32Bound(comparison, value.value) } : value;
}

/** A value as an expression of type v128. */
export function printValue(value: VectorValue, printing: Printing, addresses: Map<string, string>): Wat {
  const print = (inner: VectorValue): Wat => printValue(inner, printing, addresses);
  switch (value.kind) {
    case "const":
      if (!Object.is(value.value, 0)) return printing.math.constant(value.value);
      // A local that nothing sets is zero, in two bytes of code.
      printing.vectors.add("zero");
      return get("zero");
    case "local":
      return get(value.name);
    case "load": {
      const [offset, address] = printAddress(value.buffer, value.index, printing, addresses);
      return op(value.access === "splat" ? "v128.load32_splat" : "v128.load", ...offsetAtom(offset), address);
    }
    case "half":
      return value.half === "low"
        ? op("i32x4.shl", print(value.operand), i32(16))
        : op("v128.and", print(value.operand), printing.math.bits(highHalves));
    case "integers":
      return printIntegers(value.operator, value.operands.map(print), printing);
    case "unary":
      switch (value.operator) {
        case "neg":
        case "abs":
        case "sqrt":
          return op(`f32x4.${value.operator}`, print(value.operand));
        default:
          return printing.math.call(value.operator, print(value.operand));
      }
    case "binary":
      return op(binaries[value.operator], print(value.left), print(value.right));
    case "multiply-add":
      return printing.math.multiplyAdd(print(value.a), print(value.b), print(value.c));
    case "select": {
      const { comparison, left, right } = value;
      // Printed in the order in which they are evaluated: the first to use an address sets it.
      const [then, otherwise] = [print(value.then), print(value.otherwise)];
      const test = op(
        comparisons[comparison],
        print(compared(mirrored[comparison], left)),
        print(compared(comparison, right)),
      );
      return op("v128.bitselect", then, otherwise, test);
    }
    case "across":
      return printing.math.call(`${value.combine.replace("-", "_")}_across`, print(value.operand));
    case "lane": {
      const bytes = Array.from({ length: 16 }, (_, byte) => String(value.lane * 4 + (byte % 4)));
      const operand = print(value.operand);
      return ["i8x16.shuffle", ...bytes, operand, operand];
    }
    case "first": {
      // Bytes of the vector, then those of the number that stands in for the rest.
      const bytes = Array.from({ length: 16 }, (_, byte) => String(byte < value.count * 4 ? byte : byte + 16));
      return ["i8x16.shuffle", ...bytes, print(value.operand), print({ kind: "const", value: value.rest })];
    }
    case "size":
      if (isStatic(value.size)) return printing.math.constant(value.size.factor);
      return op("f32x4.splat", op("f32.convert_i32_s", printSize(value.size, printing)));
  }
}

const integerInstructions = {
  nearest: "f32x4.nearest",
  "to-integers": "i32x4.trunc_sat_f32x4_s",
  "to-floats": "f32x4.convert_i32x4_s",
  "integer-max": "i32x4.max_s",
  "unsigned-max": "i32x4.max_u",
  "integer-add": "i32x4.add",
  "integer-sub": "i32x4.sub",
  "integer-mul": "i32x4.mul",
  widen: "i16x8.extend_low_i8x16_u",
  dot: "i32x4.relaxed_dot_i8x16_i7x16_add_s",
} as const;

function printIntegers(operator: IntegerOperator, operands: readonly Wat[], printing: Printing): Wat {
  const [first = "", second = "", third = "", fourth = ""] = operands;
  switch (operator) {
    case "to-seven-bits":
      return op("i8x16.min_u", printIntegers("to-bytes", operands, printing), printing.math.bits(0x7f7f7f7f));
    case "to-bytes":
      return op(
        "i8x16.narrow_i16x8_u",
        op("i16x8.narrow_i32x4_s", first, second),
        op("i16x8.narrow_i32x4_s", third, fourth),
      );
    case "dot-low":
      return op("i32x4.dot_i16x8_s", op("i16x8.extend_low_i8x16_s", first), second);
    case "dot-high":
      return op("i32x4.dot_i16x8_s", op("i16x8.extend_high_i8x16_s", first), second);
    case "add-pairs":
      return op("i32x4.add", everySecond(0, first, second), everySecond(1, first, second));
    default:
      return op(integerInstructions[operator], ...operands);
  }
}

/** The integers 0 and 2, or 1 and 3, of two vectors. */
function everySecond(start: 0 | 1, first: Wat, second: Wat): Wat {
  const bytes = [0, 2, 4, 6].flatMap((lane) => [0, 1, 2, 3].map((byte) => String((lane + start) * 4 + byte)));
  return ["i8x16.shuffle", ...bytes, first, second];
}
