import keras
import tensorflow as tf
from keras import activations, ops
from keras.layers import Activation, Dense, LeakyReLU, PReLU, ReLU

model = keras.Sequential([
    keras.Input((4,)),
    Dense(4, activation=activations.relu),
    Dense(4, activation=tf.tanh),
    Dense(4, activation=ReLU(max_value=6.0)),
    Dense(4, activation=LeakyReLU(negative_slope=0.1)),
    Dense(4, activation=keras.activations.get("softplus")),
    Dense(4, activation=ops.gelu),
    Activation(tf.nn.sigmoid),
    Activation("hard_swish"),
    PReLU(),
])
