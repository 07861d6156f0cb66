import tensorflow as tf
from tensorflow import keras

inputs = keras.Input((6,))
x = inputs / 255.0
x = keras.layers.Dense(8)(x)
x = tf.nn.leaky_relu(x, alpha=0.1)
x = keras.layers.Dense(8)(x)
x = keras.activations.relu(x, max_value=6)
x = keras.layers.Dense(2)(x)
outputs = tf.keras.activations.softmax(x)
model = keras.Model(inputs, outputs)
