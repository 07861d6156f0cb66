from keras.models import load_model
model = load_model("nets/digits.keras")
model.predict(x)
