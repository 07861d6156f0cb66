from blocks import residual_block

inputs = keras.Input((8,))
x = residual_block(inputs, 64)
outputs = layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
