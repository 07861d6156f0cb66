// The contender in C: the network of shape.h, which compile.ts writes. Speaks the protocol of serve/serve.ts.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include "shape.h"
#include "dense.h"

/// Distance of the rows of a tensor between layers; the odd vector keeps rows from falling into the same cache sets.
#define STRIDE (PADDED(WIDEST) + LANES)

static float *inputs, *output, *scratch[2];
static float *weights[LAYER_COUNT], *biases[LAYER_COUNT];

/// Memory in large pages where the system has them, as a numerical library would ask for.
static float *allocate(size_t count) {
  const size_t page = 2 << 20, size = (count * sizeof(float) + page) / page * page;
  float *memory = aligned_alloc(page, size);
  if (memory == NULL) exit(1);
  madvise(memory, size, MADV_HUGEPAGE);
  memset(memory, 0, size);
  return memory;
}

__attribute__((noinline)) static void forward(const float *samples) {
  const float *x = samples;
  int stride = INPUTS;
#define LAYER(at, from, units, activation, bias)                                                                       \
  {                                                                                                                    \
    const int direct = at == LAYER_COUNT - 1 && (units) % LANES == 0;                                                  \
    float *y = direct ? output : scratch[at % 2];                                                                      \
    const int ystride = direct ? units : STRIDE;                                                                       \
    const float *b = bias || activation == SOFTMAX ? biases[at] : 0;                                                   \
    if (BATCH == 1) dense_one(x, from, units, weights[at], b, y, activation);                                          \
    else dense_many(x, stride, BATCH, from, units, weights[at], b, y, ystride, activation);                            \
    if (activation == SOFTMAX)                                                                                         \
      for (int row = 0; row < BATCH; row++) softmax(y + (size_t)row * ystride, units);                                 \
    x = y;                                                                                                             \
    stride = ystride;                                                                                                  \
  }
  LAYERS
#undef LAYER
  if (x != output)
    for (int row = 0; row < BATCH; row++)
      for (int n = 0; n < OUTPUTS; n++) output[(size_t)row * OUTPUTS + n] = x[(size_t)row * stride + n];
}

static float *read_floats(const char *folder, const char *name, size_t count) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  float *values = allocate(count + LANES);
  if (file == NULL || fread(values, sizeof(float), count, file) != count) {
    printf("error can't read %s\n", path);
    exit(1);
  }
  fclose(file);
  return values;
}

static void prepare(const char *folder, const char *name) {
  size_t count = 0;
#define LAYER(at, from, units, activation, bias) count += (size_t)(from) * (units) + (bias ? units : 0);
  LAYERS
#undef LAYER
  float *all = read_floats(folder, "weights.bin", count), *next = all;
  const int vectors = BATCH == 1 ? PANEL_ONE : PANEL_MANY;
#define LAYER(at, from, units, activation, bias)                                                                       \
  weights[at] = allocate((size_t)PADDED(units) * (from));                                                              \
  pack(next, from, units, vectors, weights[at]);                                                                       \
  next += (size_t)(from) * (units);                                                                                    \
  biases[at] = allocate(PADDED(units));                                                                                \
  for (int n = 0; n < PADDED(units); n++) biases[at][n] = n >= (units) ? -1e30f : bias ? *next++ : 0;
  LAYERS
#undef LAYER
  free(all);
  inputs = read_floats(folder, "inputs.bin", (size_t)CALLS * BATCH * INPUTS);
  output = allocate((size_t)BATCH * OUTPUTS + LANES);
  scratch[0] = allocate((size_t)BATCH * STRIDE);
  scratch[1] = allocate((size_t)BATCH * STRIDE);

  char path[4096];
  snprintf(path, sizeof path, "%s/outputs-%s.bin", folder, name);
  FILE *file = fopen(path, "wb");
  for (int call = 0; call < CALLS; call++) {
    forward(inputs + (size_t)call * BATCH * INPUTS);
    fwrite(output, sizeof(float), (size_t)BATCH * OUTPUTS, file);
  }
  fclose(file);
}

static double clock_nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

/// The mean of the thread's processor time, as in serve.ts.
static void run(double milliseconds) {
  const double start = clock_nanoseconds(CLOCK_MONOTONIC), start_of_thread = clock_nanoseconds(CLOCK_THREAD_CPUTIME_ID);
  long calls = 0, group = 1;
  for (;;) {
    const double before = clock_nanoseconds(CLOCK_MONOTONIC);
    for (long at = 0; at < group; at++) forward(inputs + (size_t)(at & (POOL - 1)) * BATCH * INPUTS);
    const double end = clock_nanoseconds(CLOCK_MONOTONIC);
    calls += group;
    if (end - start >= milliseconds * 1e6) {
      printf("ns %.3f %ld\n", (clock_nanoseconds(CLOCK_THREAD_CPUTIME_ID) - start_of_thread) / calls, calls);
      return;
    }
    if (end - before < 0.25e6) group *= 2;
  }
}

int main(void) {
  char line[8192], folder[4096], name[256];
  double milliseconds;
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (sscanf(line, "prepare %4095s %255s", folder, name) == 2) {
      prepare(folder, name);
      printf("ready gcc %s\n", __VERSION__);
    } else if (sscanf(line, "run %lf", &milliseconds) == 1) run(milliseconds);
    else printf("error unknown command\n");
  }
}
