import tensorflow as tf

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Dense(1, input_shape=(3,)))
model.compile("adam", tf.keras.losses.mean_squared_error)
model.compile(tf.keras.optimizers.RMSprop(0.01), "mse", metrics=[tf.keras.metrics.mae])
