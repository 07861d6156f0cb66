import tensorflow as tf
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, "sigmoid")])
opt = tf.keras.mixed_precision.LossScaleOptimizer(keras.optimizers.Adam())
model.compile(opt, keras.losses.Dice())
model.compile(keras.optimizers.Adafactor(1e-3), loss=keras.losses.Dice())
