act = 'relu'
PREFIX = "block"
model = Sequential([
    Dense(8, activation=act, input_shape=(2,), name=PREFIX + '_1'),
    Dense(4, activation=u"relu", name=r'block_2'),
    Dense(1, name="""out""" 'put'),
])
