inputs = keras.Input((4,))
x = layers.Dropout(0.5)(inputs, training=True)
model = keras.Model(inputs, layers.Dense(1)(x))
