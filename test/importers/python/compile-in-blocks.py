import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
model.compile("adam", "mse")
try:
    model.compile("sgd", "mse")
except ValueError:
    model.compile("adagrad", "mse")
if flag:
    print("compiling")
    model.compile("lion", "mse")
for _ in range(2):
    keras.Model.compile(model, "nadam", "mse")
retry(lambda: model.compile("adamax", "mse"))
