import tensorflow as tf
from tensorflow.keras import layers

NOISE_DIM = 100

def make_generator_model(units=256):
    """Projects noise to an image."""
    model = tf.keras.Sequential()
    model.add(layers.Dense(7*7*units, use_bias=False, input_shape=(NOISE_DIM,)))
    model.add(layers.BatchNormalization())
    model.add(layers.LeakyReLU())

    model.add(layers.Reshape((7, 7, units)))
    return model

generator = make_generator_model()
