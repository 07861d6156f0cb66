// Vectors of 8 floats, in the vector types of gcc and clang.
#pragma once
#include <stdint.h>
#include <string.h>

#define LANES 8
#define INLINE static inline __attribute__((always_inline))

typedef float v8 __attribute__((vector_size(32)));
typedef int32_t v8i __attribute__((vector_size(32)));
typedef float v8_unaligned __attribute__((vector_size(32), aligned(4)));

INLINE v8 load(const float *from) { return *(const v8_unaligned *)from; }
INLINE void store(float *to, v8 value) { *(v8_unaligned *)to = value; }
INLINE v8 splat(float value) { return (v8){value, value, value, value, value, value, value, value}; }
#ifdef __AVX__
#include <immintrin.h>
INLINE v8 larger(v8 a, v8 b) { return (v8)_mm256_max_ps((__m256)a, (__m256)b); }
INLINE v8 smaller(v8 a, v8 b) { return (v8)_mm256_min_ps((__m256)a, (__m256)b); }
#else
INLINE v8 choose(v8i mask, v8 a, v8 b) { return (v8)(((v8i)a & mask) | ((v8i)b & ~mask)); }
INLINE v8 larger(v8 a, v8 b) { return choose(a > b, a, b); }
INLINE v8 smaller(v8 a, v8 b) { return choose(a < b, a, b); }
#endif

/// e^x: x = n ln 2 + r with |r| <= ln(2) / 2, then Taylor's series of e^r up to r^7 (5e-9) and n into the exponent.
INLINE v8 exp8(v8 x) {
  x = smaller(larger(x, splat(-87.0f)), splat(88.0f));
  // Adding 1.5 * 2^23 rounds to an integer, which the low bits then hold.
  const v8 magic = splat(12582912.0f);
  v8 shifted = x * splat(1.44269504f) + magic;
  // Through memory or a register, or -ffast-math would cancel the addition.
#ifdef __AVX__
  __asm__("" : "+x"(shifted));
#else
  __asm__("" : "+m"(shifted));
#endif
  const v8 n = shifted - magic;
  const v8 r = (x - n * splat(0.693359375f)) - n * splat(-2.12194440e-4f);
  v8 p = splat(1.0f / 5040);
  p = p * r + splat(1.0f / 720);
  p = p * r + splat(1.0f / 120);
  p = p * r + splat(1.0f / 24);
  p = p * r + splat(1.0f / 6);
  p = p * r + splat(0.5f);
  p = p * r + splat(1.0f);
  p = p * r + splat(1.0f);
  const v8i bits = ((v8i)shifted - (v8i)magic) << 23;
  return (v8)((v8i)p + bits);
}

INLINE v8 tanh8(v8 x) { return splat(1.0f) - splat(2.0f) / (exp8(x + x) + splat(1.0f)); }
