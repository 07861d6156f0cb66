import keras
from keras import layers
from mine import options, weights

def my_metric(y_true, y_pred):
    return keras.ops.mean(y_true - y_pred)

model = keras.Sequential([keras.Input((4,)), layers.Dense(1, "sigmoid")])
model.compile(
    "adam",
    "binary_crossentropy",
    [my_metric, keras.metrics.BinaryAccuracy(threshold=0.4), lambda y, p: p],
    loss_weights=weights["loss"],
    weighted_metrics=[my_metric],
    **options,
)
