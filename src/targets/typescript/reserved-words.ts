/**
 * What no generated name may be: JavaScript's and TypeScript's words, the globals that generated code uses, and what the
 * code around the kernels calls its parameters and locals, which would hide a function of that name. What the kernels of a
 * module call theirs is collected from them (`local-names.ts`); the usual ones are here as well, so that the function of a
 * layer keeps its name whatever other layers a model has.
 */
export const reservedWords: readonly string[] = [
  ..."arguments as async await break case catch class const continue debugger default delete do else enum eval export".split(
    " ",
  ),
  ..."extends false finally for from function get if implements import in instanceof interface let new null of".split(
    " ",
  ),
  ..."package private protected public return set static super switch this throw true try type typeof undefined".split(
    " ",
  ),
  ..."any bigint boolean declare never number object string symbol unknown var void while with yield".split(" "),
  ..."constructor prototype __proto__ Infinity NaN".split(" "),
  ..."Array ArrayBuffer ArrayLike DataView Error Float32Array Float64Array JSON Map Math Number Object Uint32Array".split(
    " ",
  ),
  ..."RangeError String Uint8Array decodeURIComponent globalThis Symbol Promise Readonly Record".split(" "),
  ..."x y a b xStart yStart xAt yAt at w row unit half sample weight k i j n e sum maximum total value".split(" "),
  ..."mean variance scale token tau support above sumAbove notBelow logSum squares meanSquare inverse i3 i4 i5 i6 i7 i8 i9 i10 i11".split(
    " ",
  ),
  ..."i12 i13 i14 i15 i16 gamma beta alpha moving_mean moving_variance embeddings shift kernel_folded bias_folded".split(
    " ",
  ),
  ..."input inputs output dims weights kernel bias samples size run prepare arrays result packed".split(" "),
];
