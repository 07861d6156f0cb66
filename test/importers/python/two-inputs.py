a = keras.Input((4,), name="a")
b = keras.Input((4,), name="b")
both = layers.Concatenate()([a, b])
model = keras.Model([a, b], layers.Dense(1)(both))
