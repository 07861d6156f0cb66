import keras
from keras import layers

model = keras.Sequential([keras.Input((4,)), layers.Dense(5), layers.BatchNormalization(), layers.Dense(3)])
for layer in model.layers:
    if isinstance(layer, layers.BatchNormalization):
        layer.trainable = False
for at in range(2):
    model.layers[at].trainable = False
if model.count_params() > 1000:
    model.trainable = False
