/** What a module exports for the trainer of a model, by what it names. */
export function trainerExports(model: string) {
  return {
    create: `create${model}Trainer`,
    type: `${model}Trainer`,
    options: `${model}TrainerOptions`,
    weights: `${model}TrainerWeights`,
    metrics: `${model}TrainerResults`,
  } as const;
}

/** Types that all trainers of a module share. */
export const sharedTrainerNames: readonly string[] = ["TrainerState", "NumberArray"];
