import keras
from keras import layers

base = keras.Sequential([keras.Input((4,)), layers.Dense(8, "relu"), layers.Dense(4)], name="base")
base.trainable = False
hidden = layers.Dense(8, activation="relu")
model = keras.Sequential([keras.Input((4,)), base, hidden, layers.Dense(3, trainable=False), layers.Dense(2)])
hidden.trainable = False
model.layers[-1].trainable = False
model.layers[-1].trainable = True
