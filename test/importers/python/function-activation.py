def my_activation(x):
    return x * keras.ops.sigmoid(x)

model = Sequential([Dense(8, activation=my_activation, input_dim=3)])
