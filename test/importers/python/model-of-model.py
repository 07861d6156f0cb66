base = keras.Sequential([keras.Input((30,)), layers.Dense(20, name="features"), layers.Dense(10)])
del_me = base.layers[0]
features = keras.Model(base.input, base.get_layer("features").output)
x = layers.Dense(2)(features.output)
model = keras.Model(inputs=features.input, outputs=x)
del base, features
