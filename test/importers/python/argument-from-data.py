X, y = load_data("houses.csv")
n_features = X.shape[1]

model = Sequential()
model.add(Dense(32, activation="relu", input_shape=(n_features,)))
model.add(Dense(len(set(y)), activation=activation_for(y)))
