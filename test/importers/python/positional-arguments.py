from tensorflow.keras import Sequential, layers, initializers

init = initializers.RandomNormal(0., 0.02)
model = Sequential([
    layers.Embedding(500, 8, input_length=20),
    layers.GlobalAveragePooling1D(),
    layers.Dense(16, 'swish', False, init),
    layers.ELU(0.5),
    layers.GaussianNoise(0.1),
    layers.Dense(1, 'sigmoid'),
])
