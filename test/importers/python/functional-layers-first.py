from keras import Input, Model
from keras.layers import Dense, Dropout

hidden = Dense(32, activation="gelu")
drop = Dropout(rate=0.3)
head = Dense(4)

features = Input(shape=[12])
logits = head(drop(hidden(features)))
classifier = Model(features, logits)
