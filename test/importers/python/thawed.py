import keras
from keras import layers

base = keras.Sequential([keras.Input((4,)), layers.Dense(8), layers.Dense(4)], name="base")
base.trainable = False
base.layers[-1].trainable = True
model = keras.Sequential([keras.Input((4,)), base, layers.Dense(2)])
