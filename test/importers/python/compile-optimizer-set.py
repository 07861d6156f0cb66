import keras

RATE = 1 / 50
opt = keras.optimizers.Adam(0.02)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
opt.learning_rate = 0.5
opt.lr = RATE
opt.beta_1.assign(0.8)
keras.backend.set_value(opt.beta_2, 0.99)
model.compile(opt, "mse")
