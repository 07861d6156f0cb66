import numpy as np
import keras
from keras import layers
from keras.datasets import mnist

BATCH = 128
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.reshape(-1, 784).astype("float32") / 255

model = keras.Sequential([keras.Input((784,)), layers.Dense(10, "softmax")])

model.compile(
    optimizer=keras.optimizers.Adam(1e-3),
    loss="sparse_categorical_crossentropy",
)
history = model.fit(x_train, y_train, batch_size=BATCH, epochs=5)
model.summary()
for name, value in zip(model.metrics_names, model.evaluate(x_test, y_test)):
    print(name, value)
model.load_weights("digits.weights.h5")
model.save("digits.keras")
print("done")
