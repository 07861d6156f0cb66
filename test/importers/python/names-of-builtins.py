dense = 16
relu = 2
time = 3
model = Sequential([Input((None, relu)), Dense(dense), Dense(time)])
