import keras
from keras import layers

inputs = keras.Input((4,))
x = layers.Dense(8)(inputs)
x = layers.Dense(7)(x)
base = keras.Model(inputs, layers.Dense(6)(x), name="base")
# The input is one of the layers of a functional model.
for layer in base.layers[:2]:
    layer.trainable = False
model = keras.Sequential([keras.Input((4,)), base, layers.Dense(5), layers.Dense(4), layers.Dense(3)])
for layer in model.layers[1:]:
    layer.trainable = False
for layer in model.layers[-1:]: layer.trainable = True
