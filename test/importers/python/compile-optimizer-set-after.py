import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
opt = keras.optimizers.SGD(0.02)
model.compile(opt, "mse")
opt.learning_rate = 0.5
model.optimizer.learning_rate = 0.5
model.optimizer.learning_rate.assign(0.5)
model.compile("adam", "mse")
model.optimizer.learning_rate = 0.5
model.optimizer = opt
for epoch in range(3):
    model.optimizer.lr = 0.1 / (epoch + 1)
    opt.learning_rate.assign(0.1)
    print(epoch)
