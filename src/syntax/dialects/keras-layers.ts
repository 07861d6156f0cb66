/** The layers of Keras whose calls may have arguments that are something else here. The checker knows which layers there are. */
export const kerasLayers: ReadonlySet<string> = new Set(
  `Dense EinsumDense Dropout Activation Flatten Reshape Permute RepeatVector Rescaling Normalization BatchNormalization
  LayerNormalization GroupNormalization RMSNormalization UnitNormalization ReLU LeakyReLU PReLU ELU Softmax Embedding
  GaussianNoise GaussianDropout AlphaDropout SpatialDropout1D GlobalAveragePooling1D GlobalMaxPooling1D ActivityRegularization
  Identity TimeDistributed`.split(/\s+/),
);
