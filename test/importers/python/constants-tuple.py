N_IN, N_OUT = 13, 1
a = b = 0x20

model = Sequential([Dense(a, input_dim=N_IN), Dense(b + 0), Dense(N_OUT)])
