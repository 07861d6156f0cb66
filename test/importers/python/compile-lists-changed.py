import keras

measured = ["mae"]
measured.append("mse")
measured.extend(["cosine_similarity"])
options = {"optimizer": "sgd"}
options["loss"] = "mse"
unused = []
unused.append(1)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
model.compile(metrics=measured, **options)
