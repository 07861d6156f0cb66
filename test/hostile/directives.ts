import fc from "fast-check";
import { anyText } from "../support/any-text.ts";

/** What tools obey when it stands in a comment. */
export const directives = [
  "@ts-nocheck",
  "@ts-expect-error",
  "@ts-ignore",
  "@ts-check",
  "@ts-self-types=./x.d.ts",
  "@jsx h",
  "@jsxFrag F",
  "@jsxImportSource preact",
  "@jsxRuntime classic",
  '/ <reference types="node" />',
  "@type {string}",
  "@typedef {string} Net",
  "@internal",
  "@overload",
  "@template T",
  '@import { x } from "y"',
  "@flow",
  "@jest-environment jsdom",
  "@vitest-environment jsdom",
  "@preserve",
  "@license",
  "@cc_on",
  "@format",
  "@prettier",
  "@vite-ignore",
  "webpackIgnore: true",
  'webpackChunkName: "x"',
  "turbopackIgnore: true",
  "# sourceMappingURL=x.map",
  "@ sourceMappingURL=x.map",
  "# sourceURL=x.js",
  "#__PURE__",
  "@__PURE__",
  "#__NO_SIDE_EFFECTS__",
  "@__NO_SIDE_EFFECTS__",
  "@__INLINE__",
  "@__KEY__",
  "eslint-disable",
  "eslint-disable-line",
  "eslint-disable-next-line",
  "eslint-enable",
  "oxlint-disable",
  "oxlint-disable-next-line",
  "biome-ignore lint: x",
  "biome-ignore-all lint: x",
  "rome-ignore lint: x",
  "deno-lint-ignore no-explicit-any",
  "deno-lint-ignore-file",
  "deno-fmt-ignore",
  "dprint-ignore",
  "tslint:disable",
  "tslint:disable-next-line",
  "jshint ignore:line",
  "jshint ignore:start",
  "cspell:disable",
  "prettier-ignore",
  "prettier-ignore-start",
  "istanbul ignore next",
  "istanbul ignore file",
  "c8 ignore next",
  "c8 ignore start",
  "v8 ignore next",
  "node:coverage ignore next",
  "node:coverage disable",
  "#region x",
  "#endregion",
  "*/ PWNED() /*",
  "</script>",
  "<!--",
  "-->",
  "\u2028PWNED()\u2029",
];

/** How tools look for them: expressions on a whole comment, with its signs, as their sources and documents have them. */
export const obeyed: readonly RegExp[] = [
  // TypeScript
  /^\/\/\/?\s*@(?:ts-|jsx)/,
  /^(?:\/|\*)*\s*@ts-/m,
  /@(?:ts-nocheck|ts-check|ts-self-types|jsx\w*)/i,
  /^\/\/\/\s*<\w/m,
  /^[\s/*]*@(?:type|typedef|internal|overload|template|import|flow|format|prettier|license|preserve|cc_on)\b/im,
  /@(?:jest|vitest)-/,
  // Bundlers
  /@vite-ignore/,
  /(?:web|turbo)pack(?:Ignore|ChunkName)\s*:/,
  /source(?:Mapping)?URL\s*=/,
  /[#@]__[A-Z_]+__/,
  // Linters and formatters
  /(?:es|ox|deno-)lint-(?:disable|enable|ignore)\b/,
  /(?:biome|rome|prettier|dprint|deno-fmt)-ignore\b/,
  /(?:tslint|cspell):\s*(?:disable|enable)\b/,
  /jshint\s+ignore:/,
  // Coverage
  /(?:istanbul|c8|v8|node:coverage)\s+(?:ignore|disable|enable)\b/,
  // Editors
  /#(?:end)?region\b/,
  // Pages
  /<\/script|<!--|-->/i,
  /[\u2028\u2029]/,
];

/** Texts with directives in them, at their start as often as elsewhere. */
export const directiveText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...directives), weight: 4 },
      fc.constantFrom(" ", "\t", "* ", "/", "@", "#", "x", ": ", "-", "*", "<", "&", "!", "\\"),
      anyText(3),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(""));
