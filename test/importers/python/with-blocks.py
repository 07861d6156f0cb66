strategy = tf.distribute.MirroredStrategy()
with strategy.scope():
    model = tf.keras.Sequential()
    with tf.device("/GPU:0"):
        model.add(tf.keras.layers.Dense(6, input_shape=(3,)))
    model.add(tf.keras.layers.Dense(1))
