model = Sequential([
    Input((2,)),
    Dense(4, kernel_initializer=my_init, kernel_regularizer=lambda w: 0.1 * w),
    Dense(1, trainable=is_trained),
])
