generator = Sequential([Dense(8, input_dim=2)])
discriminator = Sequential([Dense(1, input_dim=8)])
