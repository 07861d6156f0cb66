def stack(units):
    model = Sequential([Input((units,)), Dense(units * 2)])
    return model

units = 7
net = stack(5)
net.add(Dense(units))
