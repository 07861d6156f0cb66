def dense_block(x, units, rate=0.1):
    x = layers.Dense(units)(x)
    x = layers.LayerNormalization(epsilon=1e-6)(x)
    x = tf.nn.gelu(x)
    return layers.Dropout(rate)(x)


def build_model(n_in, n_out: int = 1) -> keras.Model:
    inputs = keras.Input((n_in,))
    x = dense_block(inputs, 64)
    x = dense_block(x, units=32, rate=0.0)
    return keras.Model(inputs, layers.Dense(n_out)(x))


model = build_model(11, n_out=2)
