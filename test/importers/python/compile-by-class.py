import tensorflow as tf

model = tf.keras.Sequential([tf.keras.Input((4,))])
tf.keras.Sequential.add(model, tf.keras.layers.Dense(3))
tf.keras.Model.compile(model, "sgd", loss="mse")
