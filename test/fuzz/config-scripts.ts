import { mutateText } from "./mutate.ts";
import type { Random } from "./random.ts";

const settings =
  '{ include: ["models/**/*.layers"], outDir, emit: "js", overrides: [{ files: "a/*", target: "wasm", unroll: "none" }] }';

/** Scripts by their names. None of them has a loop, or anything that reaches beyond its own folder, whatever is exchanged in it. */
const scripts: Readonly<Record<string, string>> = {
  "layerc.config.ts": `import { outDir } from "./shared.ts";\nimport type { X } from "x";\nconst config = ${settings} as const;\nexport default config;`,
  "layerc.config.mts": `const outDir: string = "out";\nexport default Promise.resolve(${settings} satisfies object);`,
  "layerc.config.js": `import { outDir } from "./shared.ts";\nexport const other = 1;\nexport default ${settings};`,
  "layerc.config.mjs": `const outDir = await Promise.resolve("out");\nexport { config as default };\nconst config = ${settings};`,
};

/** A folder with a config script of which a text is changed. */
export function configScript(random: Random): Readonly<Record<string, string>> {
  const name = random.pick(Object.keys(scripts));
  const shared = 'export const outDir: string = "out";';
  const isShared = random.chance(0.15);
  return {
    "package.json": random.pick(["{}", '{ "type": "module" }', '{ "type": "commonjs" }']),
    [name]: isShared ? (scripts[name] as string) : mutateText(scripts[name] as string, random),
    "shared.ts": isShared ? mutateText(shared, random) : shared,
  };
}
