inputs = keras.Input(shape=(None, 16))
x = layers.TimeDistributed(layers.Dense(8, activation="relu"))(inputs)
x = layers.GlobalMaxPooling1D()(x)
model = keras.Model(inputs, layers.Dense(1)(x))
