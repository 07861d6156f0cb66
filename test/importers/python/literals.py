a, b, c, d = 0x10, 0b101, 0o17, 1_0
eps = 1e-5
slope = .3
model = Sequential([
    Input([a]),
    Dense(b, use_bias=False),
    Dense(c, activation=None),
    LeakyReLU(slope),
    BatchNormalization(epsilon=eps, scale=True),
    Dense(-1 * -d),
])
