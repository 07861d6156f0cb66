init = tf.random_normal_initializer(0., 0.02)
scaled = tf.keras.initializers.VarianceScaling(scale=2.0, mode="fan_out", distribution="untruncated_normal")
model = tf.keras.Sequential([
    tf.keras.Input((3,)),
    tf.keras.layers.Dense(3, kernel_initializer=init, bias_initializer=tf.zeros_initializer()),
    tf.keras.layers.Dense(3, kernel_initializer=scaled, bias_initializer=tf.constant_initializer(0.1)),
    tf.keras.layers.Dense(3, kernel_initializer=keras.initializers.HeNormal),
])
