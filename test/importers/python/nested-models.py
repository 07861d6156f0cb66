encoder = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(8)], name="encoder")
decoder = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(64)], name="decoder")

autoencoder = keras.Sequential([keras.Input((64,)), encoder, decoder])
