i = keras.Input((4,))
h = layers.Dense(8)(i)
model = keras.Model(i, [layers.Dense(1)(h), layers.Dense(2)(h)])
