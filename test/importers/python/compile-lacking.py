import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, "sigmoid")])
model.compile("adam", "mse", metrics=["mae", keras.metrics.MeanIoU(num_classes=2), keras.metrics.BinaryIoU])
