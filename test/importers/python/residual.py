inputs = keras.Input((16,))
x = layers.Dense(16, activation="relu")(inputs)
x = layers.add([x, inputs])
y = x + inputs
outputs = layers.Dense(1)(y)
model = keras.Model(inputs, outputs)
