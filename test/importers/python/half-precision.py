model = Sequential([Input((2,)), Dense(4, dtype="float16"), Dense(1, dtype=tf.float16)])
