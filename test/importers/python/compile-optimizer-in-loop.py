import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
opt = keras.optimizers.SGD(0.02)
for rate in [0.1, 0.2]:
    opt.learning_rate = rate
model.compile(opt, "mse")
