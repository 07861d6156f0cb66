enc_in = keras.Input((20,))
encoder = keras.Model(enc_in, layers.Dense(4)(layers.Dense(10, "relu")(enc_in)), name="encoder")

image = keras.Input((20,))
code = encoder(image)
model = keras.Model(image, layers.Dense(20)(code))
