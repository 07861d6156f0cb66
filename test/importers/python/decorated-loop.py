model = Sequential([Input((4,)), Dense(2)])

@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.weights), model.weights))

for x, y in dataset:
    train_step(x, y)
