// A Dense layer for one sample and for several, over weights packed into panels. All sizes are constants where these
// functions are inlined; BATCH is defined before.
#pragma once
#include "vector.h"

enum activation { LINEAR, RELU, TANH, SOFTMAX };

/// Units rounded up to whole vectors.
#define PADDED(units) (((units) + LANES - 1) / LANES * LANES)
/// Vectors of a panel: 8 chains of sums for one sample; for several, the tile of rows by vectors that fills the 16 registers
/// of AVX2 best.
#define PANEL_ONE 8
#if BATCH <= 2
#define ROWS 2
#define PANEL_MANY 4
#elif BATCH <= 4 || BATCH == 8
#define ROWS 4
#define PANEL_MANY 3
#else
#define ROWS 6
#define PANEL_MANY 2
#endif

INLINE v8 activate(v8 value, enum activation activation) {
  if (activation == RELU) return larger(value, splat(0));
  if (activation == TANH) return tanh8(value);
  return value;
}

/// Panels of `vectors` vectors of units, the last one narrower: element [k][unit] of the panel from unit p at
/// p * inputs + k * width + unit - p. Units of padding have weights of 0.
static void pack(const float *kernel, int inputs, int units, int vectors, float *packed) {
  for (int p = 0; p < PADDED(units); p += vectors * LANES) {
    int width = PADDED(units) - p < vectors * LANES ? PADDED(units) - p : vectors * LANES;
    for (int k = 0; k < inputs; k++)
      for (int n = 0; n < width; n++)
        packed[(size_t)p * inputs + (size_t)k * width + n] = p + n < units ? kernel[(size_t)k * units + p + n] : 0;
  }
}

/// One panel for one sample. Narrow panels get several chains of sums, so that there are 8 at least.
INLINE void panel_one(const float *x, int inputs, const float *w, const float *bias, float *y, int vectors,
                      enum activation activation) {
  const int chains = vectors >= 5 ? 1 : vectors >= 3 ? 2 : vectors == 2 ? 4 : 8;
  v8 sums[8][8];
#pragma GCC unroll 8
  for (int c = 0; c < chains; c++)
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++) sums[c][v] = c == 0 && bias ? load(bias + v * LANES) : splat(0);
  size_t k = 0;
  for (; k + chains <= (size_t)inputs; k += chains)
#pragma GCC unroll 8
    for (int c = 0; c < chains; c++)
#pragma GCC unroll 8
      for (int v = 0; v < vectors; v++) sums[c][v] += splat(x[k + c]) * load(w + ((k + c) * vectors + v) * LANES);
  for (; chains > 1 && k < (size_t)inputs; k++)
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++) sums[0][v] += splat(x[k]) * load(w + (k * vectors + v) * LANES);
#pragma GCC unroll 8
  for (int v = 0; v < vectors; v++) {
    v8 sum = sums[0][v];
#pragma GCC unroll 8
    for (int c = 1; c < chains; c++) sum += sums[c][v];
    store(y + v * LANES, activate(sum, activation));
  }
}

/// A layer for one sample.
INLINE void dense_one(const float *x, int inputs, int units, const float *w, const float *bias, float *y,
                      enum activation activation) {
  const int width = PANEL_ONE * LANES;
  const int whole = PADDED(units) / width * width;
  for (int p = 0; p < whole; p += width)
    panel_one(x, inputs, w + (size_t)p * inputs, bias ? bias + p : 0, y + p, PANEL_ONE, activation);
  if (whole < PADDED(units))
    panel_one(x, inputs, w + (size_t)whole * inputs, bias ? bias + whole : 0, y + whole,
              (PADDED(units) - whole) / LANES, activation);
}

/// One panel for `rows` samples.
INLINE void panel_many(const float *x, int stride, int inputs, const float *w, const float *bias, float *y, int ystride,
                       int rows, int vectors, enum activation activation) {
  v8 sums[ROWS][PANEL_MANY];
#pragma GCC unroll 8
  for (int r = 0; r < rows; r++)
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++) sums[r][v] = bias ? load(bias + v * LANES) : splat(0);
  for (size_t k = 0; k < (size_t)inputs; k++) {
    v8 weights[PANEL_MANY];
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++) weights[v] = load(w + (k * vectors + v) * LANES);
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++) {
      const v8 value = splat(x[(size_t)r * stride + k]);
#pragma GCC unroll 8
      for (int v = 0; v < vectors; v++) sums[r][v] += value * weights[v];
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < rows; r++)
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++) store(y + (size_t)r * ystride + v * LANES, activate(sums[r][v], activation));
}

/// A layer for several samples: a panel stays in the cache while all samples go by.
INLINE void dense_many(const float *x, int stride, int samples, int inputs, int units, const float *w, const float *bias,
                       float *y, int ystride, enum activation activation) {
  const int width = PANEL_MANY * LANES;
  for (int p = 0; p < PADDED(units); p += width) {
    const float *panel = w + (size_t)p * inputs, *b = bias ? bias + p : 0;
    const int narrow = PADDED(units) - p < width, rest = PADDED(units) % width / LANES;
    int row = 0;
#define TILE(rows, vectors)                                                                                            \
  panel_many(x + (size_t)row * stride, stride, inputs, panel, b, y + (size_t)row * ystride + p, ystride, rows, vectors, \
             activation)
#define TILES(vectors)                                                                                                 \
  do {                                                                                                                 \
    for (; row + ROWS <= samples; row += ROWS) TILE(ROWS, vectors);                                                    \
    if (samples % ROWS > 0) TILE(samples % ROWS, vectors);                                                             \
  } while (0)
    if (narrow) TILES(rest);
    else TILES(PANEL_MANY);
#undef TILES
#undef TILE
  }
}

/// Softmax of one row, whose padding must hold numbers that are far below all others.
INLINE void softmax(float *values, int units) {
  v8 largest = load(values);
  for (int p = LANES; p < PADDED(units); p += LANES) largest = larger(largest, load(values + p));
  float maximum = largest[0];
  for (int n = 1; n < LANES; n++) maximum = largest[n] > maximum ? largest[n] : maximum;
  v8 sums = splat(0);
  for (int p = 0; p < PADDED(units); p += LANES) {
    const v8 power = exp8(load(values + p) - splat(maximum));
    sums += power;
    store(values + p, power);
  }
  float sum = 0;
  for (int n = 0; n < LANES; n++) sum += sums[n];
  const v8 factor = splat(1 / sum);
  for (int p = 0; p < PADDED(units); p += LANES) store(values + p, load(values + p) * factor);
}
