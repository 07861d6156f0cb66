import tensorflow as tf
from tensorflow import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, "sigmoid")])
model.compile("adam", "mse", ["accuracy"])
model.compile("adam", "mse", [0.5], ["mae"])
model.compile(
    tf.keras.optimizers.legacy.Adam(0.01),
    "binary_crossentropy",
    ["accuracy", keras.metrics.BinaryAccuracy(threshold=0.4)],
)
