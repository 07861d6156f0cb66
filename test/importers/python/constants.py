latent_dim = 100
img_shape = (10, 10, 256)
units = img_shape[0] * img_shape[1] * img_shape[2]

generator = Sequential([
    Input(shape=(latent_dim,)),
    Dense(units, use_bias=False),
    Reshape(img_shape),
])
