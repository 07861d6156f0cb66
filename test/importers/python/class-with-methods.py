class GAN():
    def __init__(self):
        self.latent_dim = 100
        self.generator = self.build_generator()

    def build_generator(self):
        model = Sequential()
        model.add(Dense(256, input_dim=self.latent_dim))
        return model

gan = GAN()
