import { findLayer } from "../layers/index.ts";

/** The other layer classes of Keras 3.16 (`keras.layers`), to tell "not supported" from "misspelt". */
export const unsupportedLayers: ReadonlySet<string> = new Set(
  `AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D
  AdaptiveMaxPooling3D Add AdditiveAttention AlphaDropout Attention Average AveragePooling1D AveragePooling2D
  AveragePooling3D BatchNormalization Bidirectional CategoryEncoding CenterCrop Concatenate Conv1D Conv1DTranspose
  Conv2D Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D Cropping1D Cropping2D Cropping3D
  DepthwiseConv1D DepthwiseConv2D Discretization Dot ELU EinsumDense Embedding GRU GaussianDropout GaussianNoise
  GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D
  GlobalMaxPooling3D GroupNormalization GroupQueryAttention Hashing Identity IntegerLookup LSTM Lambda
  LayerNormalization LeakyReLU Masking MaxPooling1D MaxPooling2D MaxPooling3D Maximum Minimum MultiHeadAttention
  Multiply Normalization PReLU Permute RMSNormalization RNN RandomBrightness RandomContrast RandomCrop RandomFlip
  RandomRotation RandomTranslation RandomZoom RepeatVector Resizing SeparableConv1D SeparableConv2D SimpleRNN
  SpatialDropout1D SpatialDropout2D SpatialDropout3D SpectralNormalization StringLookup Subtract TextVectorization
  TimeDistributed UnitNormalization UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D`
    .split(/\s+/)
    .filter((name) => findLayer(name) === undefined),
);
