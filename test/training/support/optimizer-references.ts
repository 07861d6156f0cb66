type Config = Readonly<Record<string, number>>;
type Step = (w: readonly number[], g: readonly number[], t: number) => readonly number[];

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
const length = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** Optimizers as papers and Keras' documentation write them, with flags as 0 and 1, for one weight of so many elements. */
export const references: Readonly<Record<string, (config: Config, count: number) => Step>> = {
  sgd({ learning_rate: lr = 0, momentum = 0, nesterov }, count) {
    const v = zeros(count);
    return (w, g) =>
      w.map((value, i) => {
        v[i] = momentum * v[i]! - lr * g[i]!;
        return value + (nesterov === 1 ? momentum * v[i]! - lr * g[i]! : v[i]!);
      });
  },
  rmsprop({ learning_rate: lr = 0, rho = 0, momentum = 0, epsilon = 0, centered }, count) {
    const [square, mean, moving] = [zeros(count), zeros(count), zeros(count)];
    return (w, g) =>
      w.map((value, i) => {
        square[i] = rho * square[i]! + (1 - rho) * g[i]! ** 2;
        mean[i] = rho * mean[i]! + (1 - rho) * g[i]!;
        const variance = square[i]! - (centered === 1 ? mean[i]! ** 2 : 0);
        moving[i] = momentum * moving[i]! + (lr * g[i]!) / Math.sqrt(variance + epsilon);
        return value - moving[i]!;
      });
  },
  adam({ learning_rate: lr = 0, beta_1: b1 = 0, beta_2: b2 = 0, epsilon = 0, amsgrad }, count) {
    const [m, v, largest] = [zeros(count), zeros(count), zeros(count)];
    return (w, g, t) =>
      w.map((value, i) => {
        m[i] = b1 * m[i]! + (1 - b1) * g[i]!;
        v[i] = b2 * v[i]! + (1 - b2) * g[i]! ** 2;
        largest[i] = amsgrad === 1 ? Math.max(largest[i]!, v[i]!) : v[i]!;
        const alpha = (lr * Math.sqrt(1 - b2 ** t)) / (1 - b1 ** t);
        return value - (alpha * m[i]!) / (Math.sqrt(largest[i]!) + epsilon);
      });
  },
  adamw(config, count) {
    const adam = references["adam"]!(config, count);
    const { weight_decay: decay = 0, learning_rate: lr = 0 } = config;
    return (w, g, t) =>
      adam(
        w.map((value) => value * (1 - decay * lr)),
        g,
        t,
      );
  },
  adagrad({ learning_rate: lr = 0, initial_accumulator_value: initial = 0, epsilon = 0 }, count) {
    const squares = zeros(count).map(() => initial);
    return (w, g) =>
      w.map((value, i) => {
        squares[i] = squares[i]! + g[i]! ** 2;
        return value - (lr * g[i]!) / Math.sqrt(squares[i]! + epsilon);
      });
  },
  adadelta({ learning_rate: lr = 0, rho = 0, epsilon = 0 }, count) {
    const [gradients, changes] = [zeros(count), zeros(count)];
    return (w, g) =>
      w.map((value, i) => {
        gradients[i] = rho * gradients[i]! + (1 - rho) * g[i]! ** 2;
        const change = -Math.sqrt((changes[i]! + epsilon) / (gradients[i]! + epsilon)) * g[i]!;
        changes[i] = rho * changes[i]! + (1 - rho) * change ** 2;
        return value + lr * change;
      });
  },
  adamax({ learning_rate: lr = 0, beta_1: b1 = 0, beta_2: b2 = 0, epsilon = 0 }, count) {
    const [m, u] = [zeros(count), zeros(count)];
    return (w, g, t) =>
      w.map((value, i) => {
        m[i] = b1 * m[i]! + (1 - b1) * g[i]!;
        u[i] = Math.max(b2 * u[i]!, Math.abs(g[i]!));
        return value - ((lr / (1 - b1 ** t)) * m[i]!) / (u[i]! + epsilon);
      });
  },
  nadam({ learning_rate: lr = 0, beta_1: b1 = 0, beta_2: b2 = 0, epsilon = 0 }, count) {
    const [m, v] = [zeros(count), zeros(count)];
    const share = (t: number): number => b1 * (1 - 0.5 * 0.96 ** t);
    let product = 1;
    return (w, g, t) => {
      product *= share(t);
      return w.map((value, i) => {
        m[i] = b1 * m[i]! + (1 - b1) * g[i]!;
        v[i] = b2 * v[i]! + (1 - b2) * g[i]! ** 2;
        const ahead = (share(t + 1) * m[i]!) / (1 - product * share(t + 1));
        const mean = ahead + ((1 - share(t)) * g[i]!) / (1 - product);
        return value - (lr * mean) / (Math.sqrt(v[i]! / (1 - b2 ** t)) + epsilon);
      });
    };
  },
  ftrl(config, count) {
    const {
      learning_rate: lr = 0,
      learning_rate_power: power = 0,
      initial_accumulator_value: initial = 0,
      beta = 0,
    } = config;
    const { l1_regularization_strength: l1 = 0, l2_regularization_strength: l2 = 0 } = config;
    const { l2_shrinkage_regularization_strength: shrinkage = 0 } = config;
    const [n, z] = [zeros(count).map(() => initial), zeros(count)];
    return (w, g) =>
      w.map((value, i) => {
        const next = n[i]! + g[i]! ** 2;
        const sigma = (next ** -power - n[i]! ** -power) / lr;
        z[i] = z[i]! + g[i]! + 2 * shrinkage * value - sigma * value;
        n[i] = next;
        const size = Math.max(Math.abs(z[i]!) - l1, 0);
        return (-Math.sign(z[i]!) * size) / (next ** -power / lr + 2 * l2 + beta / lr);
      });
  },
  lion({ learning_rate: lr = 0, beta_1: b1 = 0, beta_2: b2 = 0 }, count) {
    const m = zeros(count);
    return (w, g) =>
      w.map((value, i) => {
        const sign = Math.sign(b1 * m[i]! + (1 - b1) * g[i]!);
        m[i] = b2 * m[i]! + (1 - b2) * g[i]!;
        return value - lr * sign;
      });
  },
  lamb({ learning_rate: lr = 0, beta_1: b1 = 0, beta_2: b2 = 0, epsilon = 0 }, count) {
    const [m, v] = [zeros(count), zeros(count)];
    return (w, g, t) => {
      const update = w.map((_, i) => {
        m[i] = b1 * m[i]! + (1 - b1) * g[i]!;
        v[i] = b2 * v[i]! + (1 - b2) * g[i]! ** 2;
        return m[i]! / (1 - b1 ** t) / (Math.sqrt(v[i]! / (1 - b2 ** t)) + epsilon);
      });
      const [whole, part] = [length(w), length(update)];
      const ratio = whole > 0 && part > 0 ? whole / part : 1;
      return w.map((value, i) => value - ratio * lr * update[i]!);
    };
  },
};
