from keras.models \
    import Sequential
from keras.layers import Dense, \
                         Input

model = Sequential( [ Input( ( 4 , ) )    # the four measurements
                    , Dense( units = 8,   # wide
                             activation = 'relu',

                             )
                    , Dense( 3 ) ] )
total = 1 + \
    2
