import keras

sgd = keras.optimizers.SGD(
    0.1,
    boost=3,
)
measured = keras.metrics.TopKCategoricalAccuracy(k=0.5)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(6)])
model.compile(
    sgd,
    "mse",
    metrics=["mae", "foo", measured, "sparse_categorical_accuracy"],
    loss_weights=[2],
    weighted_metrics=["mae"],
)
